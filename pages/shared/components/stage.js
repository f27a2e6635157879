// Next and back, dots, blank screen: all done in the browser, so that a lost connection stops nobody.
// The address holds the screen; the server follows it.
export default function (component) {
  const { data, parentElement } = component;
  const own = (window.awayDay = window.awayDay || { at: 0, heard: 0, dark: false, story: "" });
  own.tell = component.setTriggerValue;
  own.data = data;
  if (own.story !== data.story || !own.at) {
    own.story = data.story;
    own.at = data.at;
    own.heard = data.asked;
  }
  const clamp = (screen) => Math.min(Math.max(screen, 1), data.of);
  const draw = () => {
    let rule = document.getElementById("away-at");
    if (!rule) {
      rule = document.createElement("style");
      rule.id = "away-at";
      document.head.appendChild(rule);
    }
    const shown = ".away-screen{display:none !important}.away-screen[data-screen='" + own.at + "']{display:flex !important}";
    rule.textContent = "@media screen{" + shown + "}";
    document.body.classList.toggle("away-dark", own.dark);
    parentElement.querySelectorAll("[data-dot]").forEach((dot) => {
      const here = Number(dot.dataset.dot) === own.at;
      if (here) dot.setAttribute("aria-current", "step");
      else dot.removeAttribute("aria-current");
    });
    const count = parentElement.querySelector(".away-count");
    if (count) count.textContent = own.at + " of " + own.data.of;
    const panels = own.data.panels;
    parentElement.querySelectorAll("[data-panel]").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset.panel === own.data.panel));
    });
    const what = parentElement.querySelector("[data-panel='what-if']");
    if (what) what.hidden = !panels.includes(own.at);
    const notes = parentElement.querySelector("[data-notes]");
    const address = new URL(location.href);
    address.searchParams.set("notes", "1");
    address.searchParams.delete("panel");
    if (notes) notes.href = address.href;
  };
  const write = (changes) => {
    const address = new URL(location.href);
    Object.entries(changes).forEach(([key, value]) => {
      if (value) address.searchParams.set(key, value);
      else address.searchParams.delete(key);
    });
    history.replaceState(history.state, "", address.href);
  };
  own.send = (panel) => {
    own.sent = Date.now();
    const name = panel === undefined ? own.data.panel : panel;
    try { own.tell("moved", { screen: own.at, panel: name, sent: own.sent }); } catch (lost) { own.sent = 0; }
  };
  own.go = (screen) => {
    const next = clamp(screen);
    if (next === own.at && !own.dark) return;
    own.at = next;
    own.dark = false;
    write({ screen: String(next), s: "" });
    draw();
    own.send();
  };
  own.panel = (name) => {
    const next = own.data.panel === name ? "" : name;
    write({ panel: next, screen: String(own.at) });
    own.send(next);
  };
  own.key = (event) => {
    const typing = event.target.closest && event.target.closest("input, textarea, select, [contenteditable=true], [role=slider], [role=listbox], [role=combobox]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const onButton = event.target.closest && event.target.closest("button, a, summary");
    const steps = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };
    let done = true;
    if (event.key in steps) own.go(own.at + steps[event.key]);
    else if (event.key === " " && !onButton) own.go(own.at + (event.shiftKey ? -1 : 1));
    else if (event.key === "Home") own.go(1);
    else if (event.key === "End") own.go(own.data.of);
    else if (event.key === "b" || event.key === "B" || event.key === ".") { own.dark = !own.dark; draw(); }
    else if (event.key === "f" || event.key === "F") own.full();
    else done = false;
    if (done) { event.preventDefault(); event.stopImmediatePropagation(); }
  };
  own.full = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen().catch(() => {});
  };
  own.dots = data.of;
  parentElement.querySelector(".away-dots").innerHTML = Array.from({ length: data.of }, (_, place) =>
    "<button type='button' data-dot='" + (place + 1) + "' aria-label='Screen " + (place + 1) + "'><i></i></button>").join("");
  parentElement.onclick = (event) => {
    const hit = event.target.closest("[data-step], [data-dot], [data-panel], [data-do]");
    if (!hit) return;
    if (hit.dataset.step) own.go(own.at + Number(hit.dataset.step));
    else if (hit.dataset.dot) own.go(Number(hit.dataset.dot));
    else if (hit.dataset.panel) own.panel(hit.dataset.panel);
    else if (hit.dataset.do === "blank") { own.dark = !own.dark; draw(); }
    else if (hit.dataset.do === "full") own.full();
    if (hit.blur) hit.blur();
  };
  if (!own.listening) {
    own.listening = true;
    window.addEventListener("keydown", (event) => {
      if (document.querySelector(".away-bar")) window.awayDay.key(event);
    }, true);
    let from = null;
    window.addEventListener("touchstart", (event) => { from = event.touches[0]; }, { passive: true });
    window.addEventListener("touchend", (event) => {
      const to = event.changedTouches[0];
      const moved = from ? to.clientX - from.clientX : 0;
      const within = (signs) => event.target.closest && event.target.closest(signs);
      const figure = within(".figure");
      const slider = within("[role=slider], .stSlider, .away-bar") || (figure && figure.scrollWidth > figure.clientWidth);
      if (from && !slider && document.querySelector(".away-bar") && Math.abs(moved) > 60 && Math.abs(moved) > 2 * Math.abs(to.clientY - from.clientY))
        window.awayDay.go(window.awayDay.at + (moved < 0 ? 1 : -1));
      from = null;
    }, { passive: true });
    setInterval(() => {
      const here = window.awayDay;
      const bar = document.querySelector(".away-bar");
      if (!bar) {
        document.body.classList.remove("away-dark");
        here.story = "";
        const rule = document.getElementById("away-at");
        if (rule) rule.remove();
        return;
      }
      if (here.data.at !== here.at && Date.now() - (here.sent || 0) > 2500) here.send();
      const lost = bar.querySelector(".away-lost");
      if (lost) lost.hidden = !(here.data.at !== here.at && Date.now() - (here.since || Date.now()) > 4000);
      here.since = here.data.at === here.at ? Date.now() : here.since;
    }, 1000);
  }
  if (data.asked > own.heard) {
    own.heard = data.asked;
    if (data.asked_screen !== own.at) own.go(data.asked_screen);
  }
  draw();
}
