//! `serve`: responses to browsers, and that they equal the files of a clean build.

mod http;
mod sameness;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use camino::Utf8PathBuf;
use shuyuan::assets::picture::cache::Cache;
use shuyuan::diag::Severity;
use shuyuan::portal::link::{BuildDay, Drafts, Options};
use shuyuan::serve::snapshot::Project;
use tempfile::TempDir;

/// A small portal. Two pictures of the same length are added to it.
const PORTAL: &str = "
-- content/site.yaml --
title: 小书院
description: 一个小门户。
id: small
since: 2026
base_url: https://example.org/portal/
menu:
  - {title: 课程, list: courses}
-- content/topics.yaml --
- {id: health, title: 健康, summary: 动一动。}
- {id: arts, title: 艺术, summary: 唱一唱。}
-- content/audiences.yaml --
- {id: elders, title: 老年人, summary: 慢慢来。}
-- content/regions/a.yaml --
- {id: qu, title: 某区, level: district}
- {id: zhen, title: 某镇, level: town, parent: qu}
-- content/institutions/a.yaml --
- {id: xueyuan, title: 社区学院, tier: college, region: qu}
-- content/teachers/a.yaml --
- {id: qin, title: 秦老师, sort: part, speciality: 太极, topics: [health], region: qu}
- {id: li, title: 李老师, sort: volunteer, speciality: 合唱, topics: [arts], region: zhen}
-- content/venues/a.yaml --
- {id: dating, title: 大厅, region: zhen, institution: xueyuan, address: 一号路 1 号}
-- content/courses/taiji.md --
---
title: 太极入门
topics: [health]
audiences: [elders]
teachers: [qin]
institution: xueyuan
venue: dating
fee: 0
---
跟着慢慢学，见[合唱](hechang.md)。

![院子](/pictures/a.png)
-- content/courses/hechang.md --
---
title: 合唱
topics: [arts]
teachers: [li]
institution: xueyuan
venue: dating
fee: 10
---
开口就会唱。

## 怎么来

坐车来。
-- content/courses/shufa.md --
---
title: 书法
topics: [arts]
institution: xueyuan
venue: dating
fee: 0
publish: 2026-12-01
---
先学握笔。
-- content/events/pengyou.md --
---
title: 以歌会友
topics: [arts]
venue: dating
sessions:
  - {start: 2026-11-14 09:00, end: 2026-11-14 11:00}
---
先听[合唱](../courses/hechang.md#怎么来)。
-- content/events/jiangzuo.md --
---
title: 冬季养生讲座
topics: [health]
venue: dating
sessions:
  - {start: 2026-11-14 10:00, end: 2026-11-14 12:00}
---
先到先坐。
-- content/news/kaixue.md --
---
title: 开学了
date: 2026-09-01
source: 社区学院
about: [courses/taiji]
---
秋季班开学。

![门口](/pictures/b.png)
-- content/news/yanchu.md --
---
title: 演出预告
date: 2026-11-01
source: 社区学院
topics: [arts]
---
周末有演出。
-- content/pages/about.md --
---
title: 关于
---
这里是小书院。
";

/// The files of a portal in one string.
fn files(portal: &str) -> Vec<(String, Vec<u8>)> {
    let parts = portal.split("\n-- ").skip(1);
    let texts = parts.map(|part| {
        let (path, text) = part.split_once(" --\n").unwrap();
        (path.to_owned(), format!("{text}\n").into_bytes())
    });
    texts
        .chain([("content/pictures/a.png".into(), picture(1)), ("content/pictures/b.png".into(), picture(2))])
        .collect()
}

/// A picture of one colour; all of these have the same length.
fn picture(colour: u8) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let pixels = image::RgbImage::from_pixel(2, 2, image::Rgb([colour, colour, colour]));
    pixels.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn write(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// The small portal on disk.
fn on_disk() -> TempDir {
    let folder = TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    for (path, bytes) in files(PORTAL) {
        write(folder.path(), &path, &bytes);
    }
    folder
}

fn options() -> Options {
    Options { day: BuildDay::Fixed(jiff::civil::date(2026, 11, 9)), drafts: Drafts::Hidden, base_url: None }
}

fn project(folder: &TempDir) -> Project {
    let root = Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
    let cache = Arc::new(Cache::new(root.join(".shuyuan/pictures")));
    Project { root, options: options(), cache, stops: Severity::Error }
}
