// The sheet as a picture: a role is moved by choosing another in its own cell, with mouse or keyboard.
export default function ({ data, parentElement, setTriggerValue }) {
  const frame = parentElement.querySelector(".sheet-frame");
  if (frame.dataset.held !== data.held) {
    const before = frame.querySelector(".read-sheet");
    const at = before ? [before.scrollLeft, before.scrollTop] : null;
    const focused = frame.contains(document.activeElement) ? document.activeElement.dataset.at : "";
    frame.innerHTML = data.sheet;
    frame.dataset.held = data.held;
    const now = frame.querySelector(".read-sheet");
    if (now && at) [now.scrollLeft, now.scrollTop] = at;
    if (focused) frame.querySelector(`select[data-at="${focused}"]`)?.focus();
  }
  frame.onchange = (event) => {
    const option = event.target.selectedOptions?.[0];
    if (option?.dataset.key) setTriggerValue("moved", { key: option.dataset.key, answer: option.dataset.answer });
  };
}
