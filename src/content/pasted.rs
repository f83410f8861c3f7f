//! Words by which text from other programs is recognised: names of what was not copied, parts of names, salutations.

/// What programs for talking write in brackets for what they cannot copy.
pub const SIGNS: [&str; 24] = [
    "图片",
    "照片",
    "视频",
    "语音",
    "文件",
    "链接",
    "表情",
    "动画表情",
    "小程序",
    "位置",
    "微笑",
    "玫瑰",
    "强",
    "鼓掌",
    "抱拳",
    "庆祝",
    "握手",
    "爱心",
    "愉快",
    "太阳",
    "礼物",
    "红包",
    "烟花",
    "爆竹",
];

/// Words for what is still to be written.
pub const UNFINISHED: [&str; 8] =
    ["TODO", "TBD", "Lorem ipsum", "（待补充", "待补充）", "待填写）", "此处填写", "此处补充"];

/// Words before the number of a day of the week.
pub const WEEK: [&str; 3] = ["周", "星期", "礼拜"];

/// Characters that nobody writes, as which a comma, a full stop, 的 and what cannot be read at all come back from a wrong encoding.
pub const OF_WRONG_ENCODING: [char; 4] = ['锛', '銆', '鐨', '锟'];

/// Parts of the name of a file, and words for how it is named: `姓名_班级_电话`.
pub const PARTS_OF_NAMES: [&str; 14] =
    ["名", "格式", "单位", "电话", "日期", "编号", "班级", "学校", "标题", "课程", "社区", "街道", "序号", "版"];

/// Whether a line names whom a letter or a notice is for.
pub fn is_salutation(line: &str) -> bool {
    let named = ["各", "尊敬的", "亲爱的", "敬爱的", "广大"];
    let begins = named.iter().any(|word| line.trim_start_matches('\u{3000}').starts_with(word));
    begins && line.ends_with(['：', ':']) && !line.contains(['。', '；'])
}
