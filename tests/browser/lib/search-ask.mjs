// Asks the page of results of a portal.

/** What a query shows once the first screen is full. */
export async function ask(page, url, query) {
  // Hosts limit the length of an address; a query typed on the page is not sent to the host.
  const long = query.length > 500;
  await page.goto(`${url}search.html${long ? "" : `?${new URLSearchParams({ q: query })}`}`);
  if (long) {
    await page.fill("form[role=search] input", query);
    await page.press("form[role=search] input", "Enter");
  }
  await page.waitForFunction(() => ["done", "error"].includes(document.querySelector("#search").dataset.state), undefined, { timeout: 20_000 });
  return page.evaluate(() => ({
    state: document.querySelector("#search").dataset.state,
    total: Number(document.querySelector("#search").dataset.total),
    status: document.querySelector("#search [role=status]").textContent,
    results: [...document.querySelectorAll("ol.results > li")].map((item) => ({ href: item.querySelector("a").href, text: item.textContent, marks: item.querySelectorAll("mark").length })),
    focus: document.activeElement.tagName,
  }));
}
