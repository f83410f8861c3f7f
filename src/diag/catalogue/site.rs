//! The settings of the site, and the theme.

use super::{clip, hinted, near_hint, plain};
use crate::diag::{Code, Mistake};

/// `site.yaml` is missing.
pub fn missing_site() -> Mistake {
    hinted(
        Code::MissingSite,
        "找不到 content/site.yaml",
        "在有 content 文件夹的地方运行，或用 --root 指明；新建门户用 shuyuan init",
    )
}

/// An unknown time zone.
pub fn bad_time_zone(name: &str) -> Mistake {
    hinted(Code::BadTimeZone, format!("没有时区“{}”", clip(name)), "写 Asia/Shanghai")
}

/// An invalid base URL.
pub fn bad_base_url(url: &str) -> Mistake {
    hinted(Code::BadBaseUrl, format!("“{}”不能作网站地址", clip(url)), "写成 https://example.org/ 的样子，末尾带斜杠")
}

/// A missing base URL.
pub fn no_base_url() -> Mistake {
    hinted(Code::NoBaseUrl, "没有网站地址，未生成站点地图和订阅源", "在 site.yaml 里写 base_url，或用 --base-url")
}

/// A menu item without exactly one target.
pub fn menu_target() -> Mistake {
    hinted(Code::MenuTarget, "菜单项要指向一个地方", "写 list 或 to，只写一个")
}

/// A home block with a missing or superfluous target.
pub fn block_target(field: &str, wanted: bool) -> Mistake {
    let message = if wanted { format!("这个板块需要 {field}") } else { format!("这个板块用不着 {field}") };
    plain(Code::BlockTarget, message)
}

/// A home block whose target has a kind that the block cannot show.
pub fn block_target_kind(kind: &str) -> Mistake {
    plain(Code::BlockTarget, format!("这个板块不能指向{kind}"))
}

/// An unknown theme.
pub fn unknown_theme(name: &str) -> Mistake {
    hinted(Code::UnknownTheme, format!("没有主题“{name}”"), "写 default，或在 themes 里建这个文件夹")
}

/// A template that does not exist.
pub fn missing_template(name: &str, near: Option<&str>) -> Mistake {
    Mistake {
        code: Code::MissingTemplate,
        message: format!("没有模板或组件“{}”", clip(name)),
        hint: near_hint(near, None),
    }
}

/// A template that cannot be parsed.
pub fn template_syntax() -> Mistake {
    hinted(Code::TemplateSyntax, "模板的写法不成立", "检查成对的 {{ }}、{% %} 和结束标签")
}

/// A template that fails while rendering a page.
pub fn template_render(page: &str) -> Mistake {
    hinted(Code::TemplateRender, format!("生成 {page} 时出错"), "这里用的变量可能不存在；变量表见 themes/README.md")
}

/// Words that the word list lacks; at least one.
pub fn missing_words(keys: &[&str]) -> Mistake {
    let shown = keys.iter().take(3).copied().collect::<Vec<_>>().join("、");
    let more = if keys.len() > 3 { "等" } else { "" };
    hinted(
        Code::MissingWord,
        format!("词表里少 {} 个词：{shown}{more}", keys.len()),
        "照着默认主题的 words/zh-CN.yaml 补上",
    )
}

/// A language without a word list.
pub fn missing_language(language: &str) -> Mistake {
    hinted(
        Code::MissingWord,
        format!("主题里没有语言“{}”的词表", clip(language)),
        format!("写 zh-CN，或在主题的 words 文件夹里放上 {}.yaml", clip(language)),
    )
}

/// CSS that cannot be parsed.
pub fn style_syntax() -> Mistake {
    hinted(Code::StyleSyntax, "样式表的写法不成立", "检查成对的花括号和分号")
}

/// A script with a syntax error.
pub fn script_syntax() -> Mistake {
    hinted(Code::ScriptSyntax, "脚本的写法不成立", "检查成对的括号和引号；同一个名字只能声明一次；不能引入别的脚本")
}

/// An import that does not exist or is on another host.
pub fn style_import(what: &str) -> Mistake {
    hinted(Code::StyleImport, format!("样式表不能引用“{}”", clip(what)), "只引用主题文件夹里的文件")
}
