// The Hugo site for the generated items: settings and templates that show about the same as Shuyuan's default theme.
// It does less: no reverse lists on venues, teachers and institutions, no expanded schedules, no link checks.

const BASE = `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} - {{ site.Title }}</title><meta name="description" content="{{ .Summary | plainify | truncate 80 }}">
<link rel="canonical" href="{{ .Permalink }}"><meta property="og:title" content="{{ .Title }}"><meta property="og:url" content="{{ .Permalink }}">
<meta name="SiteName" content="{{ site.Title }}"><meta name="ColumnName" content="{{ .Section }}"><meta name="ArticleTitle" content="{{ .Title }}">
<link rel="stylesheet" href="{{ "style.css" | relURL }}"></head>
<body><header><a href="{{ "index.html" | relURL }}">{{ site.Title }}</a>
<nav>{{ range site.Menus.main }}<a href="{{ .URL | relURL }}">{{ .Name }}</a>{{ end }}</nav></header>
<nav>{{ range .Ancestors.Reverse }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> › {{ end }}{{ .Title }}</nav>
<main><h1>{{ .Title }}</h1>{{ block "main" . }}{{ end }}</main><footer>主办：某区教育局</footer></body></html>
`;

const SINGLE = `{{ define "main" }}<dl>
{{ with .Params.topics }}<dt>主题</dt><dd>{{ range . }}{{ with site.GetPage (printf "/topics/%s" .) }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}{{ end }}</dd>{{ end }}
{{ with .Params.audiences }}<dt>人群</dt><dd>{{ range . }}{{ with site.GetPage (printf "/audiences/%s" .) }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}{{ end }}</dd>{{ end }}
{{ with .Params.teachers }}<dt>教师</dt><dd>{{ range . }}{{ with site.GetPage (printf "/teachers/%s" .) }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}{{ end }}</dd>{{ end }}
{{ with .Params.institution }}<dt>机构</dt><dd>{{ with site.GetPage (printf "/institutions/%s" .) }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</dd>{{ end }}
{{ with .Params.venue }}<dt>场地</dt><dd>{{ with site.GetPage (printf "/venues/%s" .) }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</dd>{{ end }}
{{ with .Params.region }}<dt>区域</dt><dd>{{ with site.GetPage (printf "/regions/%s" .) }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</dd>{{ end }}
{{ with .Params.unit }}<dt>单位</dt><dd>{{ with site.GetPage (printf "/units/%s" .) }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</dd>{{ end }}
{{ with .Params.fee }}<dt>费用</dt><dd>{{ . }} 元</dd>{{ end }}
{{ with .Params.sessions }}<dt>时间</dt><dd>{{ range . }}{{ .start }}—{{ .end }} {{ end }}</dd>{{ end }}
{{ range .Params.runs }}<dt>{{ .title }}</dt><dd>{{ .weekly.from }}—{{ .weekly.to }} {{ range .weekly.days }}{{ . }} {{ end }}{{ .weekly.time.start }}</dd>{{ end }}
</dl>{{ .Content }}{{ end }}
`;

const LIST = `{{ define "main" }}{{ .Content }}{{ $pages := .Paginate .Pages 50 }}<ul>
{{ range $pages.Pages }}<li><h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2><p>{{ .Summary | plainify | truncate 80 }}</p>{{ with .Params.venue }}{{ with site.GetPage (printf "/venues/%s" .) }}<p>{{ .Title }}</p>{{ end }}{{ end }}</li>{{ end }}
</ul>{{ template "_internal/pagination.html" . }}{{ end }}
`;

const LATEST = (kinds) => `{{ range slice ${kinds.map((kind) => `"${kind}"`).join(" ")} }}{{ with site.GetPage (printf "/%s" .) }}<h2>{{ .Title }}</h2><ul>
{{ range first 12 .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a><p>{{ .Summary | plainify | truncate 80 }}</p></li>{{ end }}</ul>{{ end }}{{ end }}
`;

const HOME = (kinds) => `{{ define "main" }}${kinds.length === 0 ? "" : LATEST(kinds)}{{ range slice "topics" "audiences" }}{{ with site.GetPage (printf "/%s" .) }}<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }} {{ len .Pages }}</a></li>{{ end }}</ul>{{ end }}{{ end }}{{ end }}
`;

/** The files of the site except its content; the home page shows what is new of some kinds. Feeds are the same as Shuyuan's: one each for courses, events and news. */
export const HUGO_SITE = (menu, latest = ["courses", "news"]) => ({
  "hugo.toml": `baseURL = "https://sample.example/"
title = "样站"
defaultContentLanguage = "zh-cn"
locale = "zh-CN"
hasCJKLanguage = true
uglyURLs = true
timeZone = "Asia/Shanghai"
[taxonomies]
topic = "topics"
audience = "audiences"
[outputs]
home = ["html"]
section = ["html", "rss"]
taxonomy = ["html"]
term = ["html"]
[services.rss]
limit = 50
${menu.map(([name, kind], at) => `[[menus.main]]\nname = "${name}"\nurl = "${kind}/index.html"\nweight = ${at + 1}`).join("\n")}
`,
  "layouts/baseof.html": BASE,
  "layouts/single.html": SINGLE,
  "layouts/list.html": LIST,
  "layouts/home.html": HOME(latest),
  "static/style.css": "body { max-width: 50rem; margin: auto }\n",
});
