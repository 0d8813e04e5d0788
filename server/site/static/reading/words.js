// The boxes of single words, which are asked for when somebody first points at the text: a page of a newspaper has five
// thousand of them. They come as annotations, in the order of the text.
"use strict";

(() => {
  let asked;

  async function give(lines) {
    const answer = await fetch(lines.dataset.words);
    if (!answer.ok || !lines.isConnected) return;
    const words = (await answer.json()).items
      .map(({ body, target }) => ({ text: body.value, box: /#xywh=([\d,]+)$/.exec(target)?.[1] }));
    let next = 0;
    for (const line of lines.querySelectorAll("p > span")) next = divide(line, words, next);
  }

  // The words stand in the line one behind the other, with or without a blank; one may be marked in part.
  function divide(line, words, first) {
    const text = line.textContent;
    const found = [];
    let at = 0, next = first;
    for (; next < words.length; next += 1) {
      while (text[at] === " ") at += 1;
      if (at >= text.length || !text.startsWith(words[next].text, at)) break;
      found.push({ ...words[next], start: at, end: at + words[next].text.length });
      at += words[next].text.length;
    }
    if (at < text.length) return next;
    for (const word of found.filter(({ box }) => box).reverse()) wrap(line, word);
    return next;
  }

  function wrap(line, { start, end, box }) {
    const range = document.createRange();
    range.setStart(...pointAt(line, start, false));
    range.setEnd(...pointAt(line, end, true));
    const word = document.createElement("span");
    word.dataset.box = box;
    word.append(range.extractContents());
    range.insertNode(word);
  }

  function pointAt(line, place, isEnd) {
    const texts = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    let before = 0;
    while (texts.nextNode()) {
      const { length } = texts.currentNode;
      if (place < before + length || (isEnd && place === before + length)) return [texts.currentNode, place - before];
      before += length;
    }
    return [line, line.childNodes.length];
  }

  document.addEventListener("pointerover", ({ target }) => {
    const lines = target.closest?.("#lines[data-words]");
    if (!lines || lines === asked) return;
    asked = lines;
    give(lines).catch(() => {}); // without them the lines are marked
  });
})();
