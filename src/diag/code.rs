//! The stable codes of mistakes: name, severity, and the explanation that `check --explain` prints.

use super::Severity::{self, Error, Note, Warning};

macro_rules! codes {
    ($($code:ident $name:literal $severity:ident $explanation:literal)*) => {
        /// A code of a mistake. Its name is stable across versions.
        #[allow(missing_docs, reason = "the explanation beside each code is its documentation")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($code,)*
        }

        impl Code {
            /// All codes, in the order of the catalogue.
            pub const ALL: &'static [Code] = &[$(Code::$code),*];

            /// The stable name.
            pub fn name(self) -> &'static str {
                match self { $(Code::$code => $name,)* }
            }

            /// Its severity.
            pub fn severity(self) -> Severity {
                match self { $(Code::$code => $severity,)* }
            }

            /// What it means and what to do, for editors.
            pub fn explanation(self) -> &'static str {
                match self { $(Code::$code => $explanation,)* }
            }
        }
    };
}

impl Code {
    /// The code of that name.
    pub fn from_name(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.name() == name)
    }
}

codes! {
    // Files.
    NotUtf8 "not-utf8" Error "文字文件必须存为 UTF-8。用记事本或 WPS 另存时把编码选成 UTF-8 就好；用 GBK 或 UTF-16（记事本叫 Unicode）存的文件会变成乱码，所以不发布。"
    TooLarge "too-large" Error "文件超过了 site.yaml 里 limits 规定的大小。把长文拆开，或者压缩附件和图片；确有需要再调高限制。"
    TooMany "too-many" Error "content 里的文件数超过了 site.yaml 里 limits.files 的限制。"
    Symlink "symlink" Error "content 和 themes 里不能放快捷方式：它可能指到项目外面。请放真实的文件。"
    NotAFile "not-a-file" Error "content 和 themes 里只放文件和文件夹。管道、套接字、设备只是名字像文件，里面没有内容。"
    Uncommitted "uncommitted" Warning "build 加了 --git，日历里更新的时间和次数来自 git 的提交记录；改了还没有提交的文件，git 还不知道，订阅的人就看不到这次改动。先提交，再生成。"
    ConflictMarker "conflict-marker" Error "文件里还留着 git 合并冲突的记号（<<<<<<<、=======、>>>>>>>）。选好要留下的文字，把三行记号都删掉。"
    ForbiddenCharacter "forbidden-character" Error "文字里有一个看不见的控制字符（例如 U+000B）。它多半是从 Word、PDF 或聊天软件粘贴来的；网页和订阅里都不许有，有一个就会让整个订阅打不开。消息里说出是哪个字符、在第几行第几列：把光标移到那里，连同前后各一个字删掉，再重新输入。"
    UnknownFolder "unknown-folder" Error "content 下的每个文件夹对应一种内容，例如 courses、events。文件夹名写错了，里面的内容就发布不出来。"
    UnusedFile "unused-file" Warning "content 里有一个文件没有任何内容用到它，所以不会发布。用不着就删掉；要原样发布的放进 content/static/。"
    BadFileName "bad-file-name" Error "Markdown 文件名（不含 .md）就是这项内容的编号，也是网址，只能用小写字母、数字和连字符。扩展名只能是 .md，清单是 .yaml；系统常把扩展名藏起来，把 .md 显示成 .md.txt 的文件改回来。"
    // YAML.
    YamlSyntax "yaml-syntax" Error "这里的 YAML 写法不成立，常见的原因：冒号后面少了空格、引号没有成对、缩进没有对齐。"
    FullWidthColon "full-width-colon" Error "字段名后面要用半角冒号加一个空格（“: ”），不能用中文冒号“：”；写在花括号里的几个字段之间用半角逗号。"
    FullWidthFence "full-width-fence" Error "开头信息的分隔线是三个半角减号 ---，不能用破折号或全角减号。"
    FullWidthSpace "full-width-space" Error "缩进和冒号后面只能用半角空格。全角空格看上去一样，却会变成字段名或文字的一部分。"
    FullWidthQuotes "full-width-quotes" Error "值两头的引号是中文引号（多半是办公软件自动换的），会原样显示在页面上。用半角引号，或者不加引号；引号确要显示的，外面再加一层半角引号。"
    TextCut "text-cut" Error "空格加 # 后面的字会被当作说明，不会发布。文字里要写 # 的，把整段文字放进半角引号；真要写说明，# 后面空一格。"
    TabIndent "tab-indent" Error "YAML 的缩进只能用空格，不能用制表符（Tab）。"
    TooDeep "too-deep" Error "写得太深了：一层套一层，超过了限制。本站的内容最多只需要几层。"
    YamlFeature "yaml-feature" Error "本站不使用 YAML 的锚点（&）、引用（*）、标签（!）和合并键（<<）：请把内容直接写出来。"
    NoFrontMatter "no-front-matter" Error "Markdown 文件要以一行 --- 开头，写好标题等信息，再用一行 --- 结束，正文写在后面。"
    OpenFrontMatter "open-front-matter" Error "开头信息缺少结束的那一行 ---。"
    NotAList "not-a-list" Error "清单文件里每条记录以减号开头（“- id: …”），一条接一条。"
    NotAMap "not-a-map" Error "这里应当是“字段: 值”的写法。"
    UnknownKey "unknown-key" Error "这种内容没有这个字段。多半是写错了一个字母；字段表见编辑手册 content/README.md。"
    DuplicateKey "duplicate-key" Error "同一个字段写了两次，不知道该用哪一个。"
    MissingField "missing-field" Error "缺少必填的字段。"
    WrongType "wrong-type" Error "这个字段的值类型不对，例如该写文字的地方写了清单。"
    NotAChoice "not-a-choice" Error "这个字段只能从几个固定的词里选。"
    BadId "bad-id" Error "编号只能用小写字母、数字，中间用连字符，最长 80 个字节，例如 taiji-24。"
    ReservedId "reserved-id" Error "这个编号系统已占用（列表页、分页，或 Windows 的设备名），请换一个。"
    BadMixedRef "bad-mixed-ref" Error "这里要写“类别/编号”，例如 courses/taiji。"
    BadDate "bad-date" Error "日期写作 2026-11-09：四位年、两位月、两位日，用半角减号连接。"
    NoSuchDay "no-such-day" Error "日历上没有这一天或这个月。"
    BadTime "bad-time" Error "时间写作 09:00，用 24 小时制和半角冒号。"
    BadMoment "bad-moment" Error "日期加时间写作 2026-11-09 09:00。"
    BadSpan "bad-span" Error "时段写作 2026、2026-H1（上半年）、2026-03 或 2026-03-15。"
    BadNumber "bad-number" Error "这里要写半角数字，不带单位、逗号和引号。"
    OutOfRange "out-of-range" Error "数值超出了允许的范围，或者清单的条数不够。"
    BadPhone "bad-phone" Error "电话里要有能拨通的号码，例如 0532-85321234、400-123-4567、12345。几个号码用顿号隔开，分机写成 0532-85321234转802；遮住中间四位的手机号照样显示，但点了不拨号。"
    BlankText "blank-text" Error "这里只有空格或看不见的字符，门户上会是空的一块。写上文字；用不着的字段整行删掉。"
    BadPath "bad-path" Error "文件路径写法不对。用 / 分隔，相对于写它的文件；以 / 开头时从 content 算起。"
    BadFocus "bad-focus" Error "裁切时要保留的位置写两个百分比：从左数、从上数，例如 60% 30%。"
    BadAspect "bad-aspect" Error "宽高比写宽和高的份数，例如 3:2。"
    BadUrl "bad-url" Error "网址要以 https://、http://、tel: 或 mailto: 开头，里面不能有空格。"
    // Entries and references.
    MissingId "missing-id" Error "清单里的每条记录都要有 id。"
    IdMismatch "id-mismatch" Error "Markdown 文件里的 id 和文件名不一样。以文件名为准：删掉 id，或者改文件名。"
    DuplicateId "duplicate-id" Error "同一类内容里有两项用了同一个编号，其中一项会被盖掉。"
    AddressTwice "address-twice" Error "两样东西要发布到同一个网址（不分大小写），其中一样会消失。"
    DanglingRef "dangling-ref" Error "引用的内容不存在。多半是编号写错了，或者那项内容还没有建。"
    DraftRef "draft-ref" Error "要发布的内容引用了一份草稿。先发布草稿，或者删掉引用。"
    FormerRef "former-ref" Warning "引用用的是旧编号，还能找到，但请改成新编号。"
    HiddenRef "hidden-ref" Note "引用的内容今天不发布（未到日期、已过期或已撤下），页面上只显示文字，不做链接。"
    Unchecked "unchecked" Note "有的文件读不出来，里面可能正有被引用的编号，所以这些引用暂时无法检查。修好文件再查一次。"
    UnknownClause "unknown-clause" Error "这份公文里没有这个条款编号。"
    UnknownLine "unknown-line" Error "fulfils 要照抄本单位上一年行动计划里一条的名称，汇编才能把两年对上。"
    Cycle "cycle" Error "上级关系绕成了一个圈。"
    WrongLevel "wrong-level" Error "下级的级别必须低于上级。"
    NotAClass "not-a-class" Error "只有一类单位的统称（sort: class）才能写 members。"
    EndBeforeStart "end-before-start" Error "结束早于开始。"
    LongSession "long-session" Error "一场活动、一次课最多 24 小时，再长多半是写错了日期或月份。连续多天的（如展览），start、end 写头一天的起止，再写 until: 最后一天。"
    AtNight "at-night" Warning "一次课、一场活动从夜里零点到五点之间开始，多半是下午的时间写成了 2:00。24 小时制里，下午两点写 14:00。"
    EditionYear "edition-year" Error "活动周的年份 year 和它的日期 from、to 不是同一年。"
    OutsideEdition "outside-edition" Error "活动写了属于某一届活动周（edition），时间却不在那一届的日期里。改活动的时间，改活动周的日期，或者删掉 edition。"
    OutsideRegion "outside-region" Warning "活动写了属于某一届活动周（edition），地点却不在那一届的区域（regions）里。给活动周添上这个区域，改活动的 edition，或者删掉它。"
    TwoSchedules "two-schedules" Error "时间只能用一种写法：逐次写 sessions，或每周固定写 weekly。"
    NoSchedule "no-schedule" Error "活动要有时间：写 sessions 或 weekly。"
    EmptyWeekly "empty-weekly" Error "这个每周安排里没有一次课：起止日期之间没有所选的星期几，或者全被排除了。"
    ExceptOutside "except-outside" Warning "排除的日期本来就不在安排之内，多半是写错了日子。"
    TooManySessions "too-many-sessions" Error "一个安排展开后超过一千次。请检查起止日期的年份。"
    MissingReason "missing-reason" Error "改期、地点有变或取消时，要写明原因 reason，居民才知道怎么办。"
    StrayReason "stray-reason" Warning "写了原因 reason，状态 status 却是正常，门户上看不出有什么变动。"
    VenueTwice "venue-twice" Warning "同一个场地在同一时间安排了两场。有几间教室、能同时办几场的场地，在场地里写 rooms；确要这样的，写 allow。"
    TeacherTwice "teacher-twice" Warning "同一位教师在同一时间有两场，或者两场不在一处、中间来不及赶路（要几分钟，写在 site.yaml 的 travel_minutes）。"
    OutsideHours "outside-hours" Warning "这一场不在场地的开放时间里：居民到了门口进不去。改时间，换场地，或者改场地的 hours；晚上专门开门的，写 allow。"
    LateEnrolment "late-enrolment" Warning "报名截止的日期在第一次上课以后，或者报名开始时课已经上完：居民报上名，课已经上了。可以中途插班的，写 allow。"
    OverCapacity "over-capacity" Warning "名额比场地的座位多，包括临时换了场地的那一次。"
    OnHoliday "on-holiday" Warning "课排在放假的日子（见 content/holidays 里的节假日安排），多半是每周固定的时间没有避开假期，居民会白跑一趟。在 weekly 里加 except；补课和假期里照常上的课，写进 weekly 的 extra。"
    OldCount "old-count" Warning "报名还开着，剩余名额 places 却是几周前数的：居民会白跑一趟。重新数一次，或者删掉 places。"
    SampleOnReal "sample-on-real" Warning "示例挂在了真实的单位或机构名下，居民会以为真有这门课、这场活动。把那个单位或机构也标成示例（sample: true），或者换成一个示例的。"
    SampleInTitle "sample-in-title" Note "标题里手写了（示例），却没有写 sample: true：程序不知道它是示例，检查、导出都不会这样对待它。写上 sample: true，标题里的（示例）可以去掉，显示时由程序加上。"
    FutureDate "future-date" Warning "日期还没有到，或者和今天、和别的课隔得太远。新闻按日期排列，写错的年份会让它一直排在最前面。要到那一天才发布的，写 publish。"
    BeforeDocument "before-document" Warning "阶段、期限或材料的时段在公文印发那一年以前就结束了，多半是年份写错了。公文确实说的是以前的事，可以不管。"
    Repeated "repeated" Warning "同一个清单里，同一项或同一次课写了两次，门户上会显示两次。"
    TornTitle "torn-title" Warning "标题不完整：引号、书名号或括号只有一半，或者末尾是逗号、顿号、分号。多半是复制时漏了几个字。"
    TitleMarkup "title-markup" Warning "标题和摘要是纯文字，HTML 标签和字符代码、换行的代码、Markdown 的星号会原样显示出来。"
    LongTitle "long-title" Warning "标题太长，在列表和手机上要占好几行。写短些，其余的话放进摘要 summary。"
    AltFileName "alt-file-name" Warning "图片的说明写成了文件名。看不见图片的人靠说明知道图里是什么，请用一句话写出来。"
    Placeholder "placeholder" Warning "新建内容、新建门户时写好的样子还留着，例如“新的课程（请改名称）”“0000-0000000”；或者正文里有 XX月XX日、TODO 这样的空缺。换成真的内容，用不着的字段整行删掉；整项用不着就删掉文件。"
    IncompleteTarget "incomplete-target" Error "指标的目标值和比较方式对不上：需要的数值或上限没有写，或者写了用不到的数。"
    MissingDate "missing-date" Error "新闻必须有日期 date。"
    MissingSource "missing-source" Error "职责必须写明出处 sources：哪份公文的哪一条。"
    MissingVenue "missing-venue" Warning "线下的课程或活动没有写场地，居民不知道去哪里。"
    PictureWithheld "picture-withheld" Note "人物照片没有有效的授权（consent），照片不发布，文字照常。"
    ChildPicture "child-picture" Warning "新闻和活动里有孩子的照片，要有监护人同意：写 consent，under_14: true，guardian 是监护人。认不出是谁的照片，把说明改成不提孩子的写法。"
    WithdrawnName "withdrawn-name" Warning "这个人已经撤下（withdrawn），别处由系统写出的姓名已经去掉，但这里的姓名是编辑自己写的，要自己改。"
    YearTwice "year-twice" Error "指标的实测值里，同一个单位、同一年写了两次，或者机构的同一条标准、同一年写了两次。只留下对的那一个。"
    Headcount "headcount" Error "登记的到场人数和场次对不上：那一天没有课、没有活动，或者同一天登记的次数比场次多。日期写上课、办活动的那一天，一场登记一条；取消了的场次不登记。"
    HoldsNothing "holds-nothing" Error "实测值写的单位不是这个指标的责任单位，也不属于责任单位所说的那一类。改 unit，或者把它加进 holders。"
    ChangedFile "changed-file" Error "台账里登记的文件和登记时不一样了：有人换过、改过，或者重新存过。确实要换的，核对之后把 sha256 改成检查说的新值；不该变的，找回原来的文件。"
    UnsealedFile "unsealed-file" Warning "台账登记了文件，却没有写它的 sha256。没有它，文件以后被换掉也看不出来。把检查说的值写进去。"
    PersonTwice "person-twice" Warning "同一个地方，或者它的上级、下级区域，有两位同名的百姓学习之星，不论年份和级别。若是同一个人，只保留一项。"
    EarlierWinner "earlier-winner" Error "当过百姓学习之星的人不能再评，不论哪一年、哪一级。从名单里去掉；只是同名同姓的，在那一项写 namesake: true。"
    // Bodies.
    BrokenLink "broken-link" Error "链接指向的页面或文件不存在。"
    BrokenAnchor "broken-anchor" Error "链接指向的页面里没有这个标题或条款。"
    LinkHidden "link-hidden" Note "链接指向的内容今天不发布，页面上只显示文字。"
    UnsafeLink "unsafe-link" Error "链接只能是站内路径，或以 https://、http://、tel:、mailto: 开头。"
    MissingFile "missing-file" Error "写到的图片或文件不存在。"
    EscapingPath "escaping-path" Error "路径跑到 content 外面去了。只能使用 content 里的文件。"
    MissingAlt "missing-alt" Error "图片要有说明文字，看不见图片的人靠它知道图里是什么。写在方括号里：![说明](图片.jpg)。"
    HtmlRemoved "html-removed" Warning "正文里的这个 HTML 标签或属性不允许使用，发布时会去掉。请改用 Markdown 写法。"
    TopHeading "top-heading" Warning "页面标题已经是一级标题，正文里的标题请从 ## 开始。"
    UnreadMark "unread-mark" Error "这个记号没有生效，会原样出现在网页上。多半是用了全角符号、少了空格，或者括号不成对。真要原样显示，就在它前面加一个反斜杠 \\。"
    DoubtfulMark "doubtful-mark" Warning "这里像是一个没有生效的记号，会原样出现在网页上。若不是记号，就在它前面加一个反斜杠 \\。"
    OddDay "odd-day" Warning "正文里的日期，日历上没有这一天，或者和写的星期对不上。多半是抄错了，或者照去年的通知改漏了。"
    OddCharacter "odd-character" Warning "这个字符看不见，或者别人的电脑上显示成方框。多半是从文字处理软件或网页粘贴来的，删掉重新输入。"
    UnknownBlock "unknown-block" Error "没有这种内容块。可用的有 gallery（图集）、note（提示）、video（视频）、contact（联系方式）。"
    BlockAttribute "block-attribute" Error "这种内容块没有这个属性，或者缺少必要的属性。"
    OpenBlock "open-block" Error "内容块缺少结尾的 :::，要单独写一行。"
    StrayBlockEnd "stray-block-end" Error "这里有一个结束记号 :::，前面却没有开始的内容块。"
    // Files to publish.
    AttachmentType "attachment-type" Error "这种文件不能作附件。允许的类型写在 site.yaml 的 attachments 里。"
    ActiveFile "active-file" Error "网页、脚本和 SVG 会在访问者的浏览器里运行：static 里的必须在 site.yaml 的 active_files 里逐个列出，换了扩展名的网页不发布。"
    SecretFile "secret-file" Error "这个文件可能含有密码、密钥或数据，不能放在要发布的地方。删掉它；曾经发布过的密码和密钥要换新的。"
    LeftOut "left-out" Note "系统、编辑软件或浏览器自己留下的文件，不发布。删掉它就不再提示；确实要发布的，换个名字。"
    OtherKind "other-kind" Warning "文件的内容和扩展名不是一回事，下载的人打不开。多半是改了扩展名，或者放错了文件。"
    FilmDamaged "film-damaged" Error "影片或录音不完整，去不掉里面的拍摄地点等信息，所以不发布。请重新导出一份。"
    PositionTold "position-told" Warning "这个文件里的照片或影片带着拍摄地点或别的信息，发布时去不掉，下载的人都看得到。请去掉后再放进来。"
    UnfitName "unfit-name" Error "供下载的文件用它自己的名字发布。Windows 存不了带 \\ : * ? \" < > | 或换行的名字，存不了设备名，也存不了以点或空格结尾的名字：同事取不到文件，有的服务器也打不开。"
    PictureDamaged "picture-damaged" Error "图片打不开或不完整。请从相机或手机里重新导出一张。"
    PictureHuge "picture-huge" Error "图片像素太多，解开要占太多内存。请先缩小，长边 6000 像素以内足够了。"
    PictureStill "picture-still" Warning "动画只在 GIF 里保留。WebP 和 PNG 的动画只发布第一帧。"
    SvgRemoved "svg-removed" Warning "SVG 图里的脚本、外部引用和不认识的部分会去掉，其余照常发布。"
    PictureTitle "picture-title" Error "图片引号里只写裁切时要保留的位置（focus）和装饰（decorative），中间用逗号分开。"
    MissingGuardian "missing-guardian" Error "未满十四周岁的人，照片要有监护人同意。请在 consent 里写 guardian。"
    FileAuthor "file-author" Warning "附件的属性里写着作者等个人信息，下载的人都看得到。请删除属性后再放进来。"
    ThemeSetting "theme-setting" Error "主题的设置（theme.yaml）里有一项不合理。"
    PictureFormat "picture-format" Error "不支持这种图片格式。请存成 JPEG、PNG、WebP、GIF 或 SVG；苹果手机的 HEIC 可在“设置 → 相机 → 格式”里选“兼容性最佳”。"
    // Private data.
    IdentityNumber "identity-number" Error "身份证号不能发布，也不能留在附件、文件名和图片说明里。删掉它；要核对身份的，请在办公室当面核对。"
    BankCard "bank-card" Error "个人的银行卡号不能发布。删掉它；交费请写单位的交费办法。"
    MobileNumber "mobile-number" Error "私人手机号不能发布：请写办公电话，或把中间四位换成星号（138****1234）。对外公开的手机写进 site.yaml 的 public_phones，只能用在 phone 字段和 contact 内容块里。确经本人同意的，在这项内容里写 allow。"
    HomeAddress "home-address" Error "家庭住址只写到小区、社区或村，不写楼号、单元、房号和门牌。确经本人同意的，在这项内容里写 allow。"
    BirthDate "birth-date" Error "个人的出生日期不能写到日，只写年份。确经本人同意的，在这项内容里写 allow。"
    ExceptionInForce "exception-in-force" Note "经同意的例外：allow 里写着谁在哪天同意、为什么。请定期看看是不是还需要。"
    UnusedException "unused-exception" Warning "allow 里的这一条没有用上，或者不止一处与它相符。删掉它，或者照检查说的那样写。"
    UnreadFile "unread-file" Note "这个文件里的文字程序读不出来或没有读全，不知道有没有个人信息。请打开看一遍；扫描的文件最好换成有文字的。"
    // The site and the theme.
    BadSynonym "bad-synonym" Error "content/synonyms.yaml 一行是一组意思相同的词，写成 - [毛笔字, 书法]：每组两个到十二个词，每个词两个到二十个字，词里没有空格。一个字的词到处都有，会让搜索找出一大堆不相干的页面。"
    SynonymTwice "synonym-twice" Warning "同一个词写进了 synonyms.yaml 的两组（或者同一组里写了两次）：搜索只认它第一次出现的那一组。意思相同的并成一组，意思不同的删掉一处。"
    ManySynonyms "many-synonyms" Error "synonyms.yaml 的组数超过了上限：居民的手机要整张下载，太大就慢了。删掉居民不会用来找的词。"
    MissingSite "missing-site" Error "找不到 content/site.yaml，那里写着站点的名称和菜单。"
    BadTimeZone "bad-time-zone" Error "没有这个时区。中国各地写 Asia/Shanghai。"
    BadBaseUrl "bad-base-url" Error "网站地址要以 https:// 或 http:// 开头、以斜杠结尾，例如 https://example.org/。"
    NoBaseUrl "no-base-url" Warning "没有写网站地址 base_url，所以没有生成站点地图和订阅源。写好地址后它们会自动出现。"
    MenuTarget "menu-target" Error "菜单项要指向一个地方：list（某类列表）或 to（某项内容），只写一个。"
    BlockTarget "block-target" Error "首页的这个板块缺少 list 或 to，或者写了它用不着的。"
    UnknownTheme "unknown-theme" Error "themes 里没有这个主题。"
    MissingTemplate "missing-template" Error "模板引用了不存在的模板或组件。"
    TemplateSyntax "template-syntax" Error "模板的写法不成立。"
    TemplateRender "template-render" Error "模板在生成页面时出错，多半是用了不存在的变量。"
    MissingWord "missing-word" Error "词表里缺少界面用词。"
    StyleSyntax "style-syntax" Error "样式表的写法不成立。"
    ScriptSyntax "script-syntax" Error "主题的脚本写法不成立，浏览器会整个不运行它。"
    StyleImport "style-import" Error "样式表引用的文件不存在，或者指向站外。"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_found_again() {
        for code in Code::ALL {
            assert_eq!(Code::from_name(code.name()), Some(*code), "{}", code.name());
        }
    }
}
