// Keeps the page on the screen in step with the files. Added by `shuyuan serve` to its answers; never part of the portal.
(() => {
  "use strict";
  let { version, style } = document.currentScript.dataset;
  let events;

  const overlay = () => document.getElementById("shuyuan-mistakes");

  const hideMistakes = () => overlay()?.remove();

  const showMistakes = (text) => {
    let box = overlay();
    if (!box) {
      box = document.createElement("section");
      box.id = "shuyuan-mistakes";
      box.setAttribute("role", "alert");
      const heading = document.createElement("h2");
      heading.textContent = "内容有错误，页面停在上一次正确的样子；改好保存后会自动刷新";
      box.append(heading, document.createElement("pre"));
      const sheet = document.createElement("link");
      sheet.rel = "stylesheet";
      sheet.href = "/.shuyuan/overlay.css";
      box.append(sheet);
      document.body.append(box);
    }
    box.querySelector("pre").textContent = text;
  };

  // The old sheet goes when the new one is there, so that the page is never bare.
  const swapStyle = (address) => {
    const sheets = [...document.querySelectorAll('link[rel="stylesheet"]')];
    const old = style && sheets.find((sheet) => sheet.href.endsWith(`/${style}`));
    if (!old) return location.reload();
    const fresh = old.cloneNode();
    fresh.href = `/${address}`;
    fresh.addEventListener("load", () => old.remove());
    old.after(fresh);
    style = address;
  };

  const connect = () => {
    events?.close();
    const seen = new URLSearchParams({ path: location.pathname, version, style });
    const source = new EventSource(`/.shuyuan/events?${seen}`);
    source.addEventListener("mistakes", (event) => showMistakes(event.data));
    source.addEventListener("fine", hideMistakes);
    source.addEventListener("style", (event) => (hideMistakes(), swapStyle(event.data)));
    // The browser keeps the place on the page.
    source.addEventListener("page", () => location.reload());
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED && source === events) setTimeout(connect, 1000);
    });
    events = source;
  };

  // Browsers allow six connections to a host: tabs out of sight give theirs up, and catch up when they are seen again.
  document.addEventListener("visibilitychange", () => (document.hidden ? events?.close() : connect()));
  if (!document.hidden) connect();
})();
