// The Blades site for the articles. Its terms have no titles of their own, so their names stand for them.

const HEAD = `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{title}} - {{site title}}</title>{{#summary}}<meta name="description" content="{{summary}}">{{/summary}}{{#permalink}}
<link rel="canonical" href="{{permalink}}">{{/permalink}}<meta property="og:title" content="{{title}}">
<meta name="SiteName" content="{{site title}}"><meta name="ArticleTitle" content="{{title}}">
<link rel="stylesheet" href="{{site url}}/assets/style.css"></head>
`;

const page = (menu, main) => `${HEAD}<body><header><a href="{{site url}}/">{{site title}}</a>
<nav>${menu.map(([title, list]) => `<a href="{{site url}}/${list}/">${title}</a>`).join("")}</nav></header>
<main><h1>{{title}}</h1>${main}</main><footer>主办：某区教育局</footer></body></html>
`;

const ROWS = `<ul>
{{#pages}}<li><h2><a href="{{permalink}}">{{title}}</a></h2><p>{{summary}}</p>{{#date}}<time>{{y}}-{{m}}-{{d}}</time>{{/date}}</li>
{{/pages}}</ul>{{#pagination}}<nav>{{#previous}}<a href="{{previous}}.html">上一页</a>{{/previous}} {{current}} / {{length}} {{#next}}<a href="{{next}}.html">下一页</a>{{/next}}</nav>{{/pagination}}`;

const terms = (kind) => `{{#classification}}{{#${kind}}}<ul>{{#keys}}<li><a href="{{site url}}/${kind}/{{key}}/">{{key}}</a></li>{{/keys}}</ul>{{/${kind}}}{{/classification}}`;

/** An article; JSON strings and lists are TOML. */
export function toml({ date, topics, audiences, ...fields }, text) {
  const lines = Object.entries(fields).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
  return `+++\n${lines.join("\n")}\ndate = ${date}\n[taxonomies]\ntopics = ${JSON.stringify(topics)}\naudiences = ${JSON.stringify(audiences)}\n+++\n${text}`;
}

/** The files of the site except its articles. */
export const BLADES_SITE = (menu, kinds) => {
  const titles = Object.fromEntries(menu.map(([title, list]) => [list, title]));
  const names = Object.keys(kinds);
  const facts = names.map((kind) => `<dt>${titles[kind]}</dt><dd>{{#taxonomies}}{{#${kind}}}<a href="{{site url}}/${kind}/{{name}}/">{{name}}</a> {{/${kind}}}{{/taxonomies}}</dd>`);
  return {
    "Blades.toml": `title = "样站"
lang = "zh-CN"
url = "https://sample.example"
atom = false
implicit_taxonomies = false
${names.map((kind) => `[taxonomies.${kind}]\ntitle = "${titles[kind]}"\npaginate_by = 50`).join("\n")}
`,
    "content/index.toml": `title = "样站"\ntemplate = "home.html"\n`,
    "content/news/index.toml": `title = "${titles.news}"\npaginate_by = 50\n`,
    "templates/page.html": page(menu, `<dl>${facts.join("")}<dt>来源</dt><dd>{{source}}</dd></dl>{{#date}}<time>{{y}}-{{m}}-{{d}}</time>{{/date}}{{content}}`),
    "templates/section.html": page(menu, ROWS),
    "templates/home.html": page(menu, names.map(terms).join("")),
    "templates/taxonomy.html": page(menu, `<ul>{{#keys}}<li><a href="{{site url}}/{{slug}}/{{key}}/">{{key}}</a></li>{{/keys}}</ul>`),
    "templates/taxonomy_key.html": page(menu, ROWS),
    "templates/gallery.html": page(menu, ""),
    "assets/style.css": "body { max-width: 50rem; margin: auto }\n",
  };
};
