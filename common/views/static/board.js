// Keeps the board up to date by server-sent events, and answers without leaving the page. Without it the page asks again
// by itself every few seconds, and its buttons are an ordinary form.
"use strict";
(() => {
  const board = document.getElementById("board");
  if (!board || !window.EventSource) return;
  const lost = document.getElementById("lost");
  const events = new EventSource(board.dataset.events);

  // Markup made and escaped by this device; the policy of the page lets no script in it run.
  const show = (markup) => {
    const focused = document.activeElement && document.activeElement.value;
    const passage = board.querySelector(".passage");
    const at = passage ? passage.scrollTop : 0;
    board.innerHTML = markup;
    const now = board.querySelector(".passage");
    const mark = board.querySelector("mark");
    if (now) now.scrollTop = at;
    if (mark) mark.scrollIntoView({ block: "nearest" });
    if (focused) {
      for (const button of board.querySelectorAll(".choices button")) if (button.value === focused) button.focus();
    }
  };

  events.addEventListener("board", (event) => {
    lost.hidden = true;
    show(JSON.parse(event.data));
  });
  events.addEventListener("over", () => {
    events.close();
    location.reload();
  });
  events.onerror = () => {
    lost.hidden = false;
  };

  board.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target;
    const fields = new URLSearchParams(new FormData(form));
    if (event.submitter && event.submitter.name) fields.set(event.submitter.name, event.submitter.value);
    fields.set("quiet", "1");
    const buttons = form.querySelectorAll("button");
    for (const button of buttons) button.disabled = true;
    fetch(form.action, { method: "POST", body: fields, redirect: "error" })
      .then((reply) => {
        if (!reply.ok) throw new Error(String(reply.status));
      })
      .catch(() => {
        for (const button of buttons) button.disabled = false;
        lost.hidden = false;
      });
  });
})();
