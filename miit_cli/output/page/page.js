'use strict';
(() => {
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const card = one('#card');
  const figures = all('article .fig');
  const rows = all('tr[data-figure]');
  const number = (element) => element.dataset.figure || element.id.slice(1);
  const rowsOf = (figure) => rows.filter((row) => number(row) === number(figure));
  const figureOf = (row) => one(`#f${number(row)}`);
  const wide = matchMedia('(min-width: 60rem)');
  const calm = matchMedia('(prefers-reduced-motion: reduce)');

  const make = (tag, css = '', text = '') => {
    const made = document.createElement(tag);
    made.className = css;
    made.textContent = text;
    return made;
  };

  // the card of a figure: the cells of its rows

  const told = (row) => {
    const list = make('dl');
    for (const part of all('[data-name]', row)) {
      const said = make('dd', part.className.replace('more', ''));
      said.append(...[...part.childNodes].map((node) => node.cloneNode(true)));
      list.append(make('dt', '', part.dataset.name), said);
    }
    return list;
  };

  let shown = null;
  let leaving = 0;

  const show = (figure) => {
    clearTimeout(leaving);
    if (shown === figure || figure.classList.contains('off')) return;
    hide();
    const found = rowsOf(figure);
    const head = make('p', 'what');
    head.append(make('strong', '', figure.textContent), make('span', 'kind', found[0].dataset.kind));
    card.replaceChildren(head, ...found.map(told));
    card.className = found[0].className;
    card.hidden = false;
    place(figure);
    figure.setAttribute('aria-describedby', 'card');
    mark(figure, true);
    shown = figure;
  };

  const hide = () => {
    clearTimeout(leaving);
    card.hidden = true;
    if (!shown) return;
    shown.removeAttribute('aria-describedby');
    mark(shown, false);
    shown = null;
  };

  const leave = () => { clearTimeout(leaving); leaving = setTimeout(hide, 180); };

  const place = (figure) => {
    const lines = figure.getClientRects();
    const at = lines[0];
    const below = lines[lines.length - 1].bottom + 6;
    const fits = below + card.offsetHeight < innerHeight - 8;
    const top = fits ? below : Math.max(8, at.top - card.offsetHeight - 6);
    card.style.top = `${top}px`;
    // beside the text the table stays in sight
    const edge = wide.matches ? one('article').getBoundingClientRect().right + 16
      : document.documentElement.clientWidth - 8;
    card.style.left = `${Math.max(8, Math.min(at.left - 12, edge - card.offsetWidth))}px`;
  };

  const mark = (figure, on) => {
    figure.classList.toggle('on', on);
    for (const row of rowsOf(figure)) row.classList.toggle('on', on);
  };

  // figures and rows point at each other

  const into = (element, block) =>
    element.scrollIntoView({block, behavior: calm.matches ? 'auto' : 'smooth'});

  const toRow = (figure) => {
    const [row] = rowsOf(figure);
    const folded = row.closest('details');
    if (folded) folded.open = true;
    hide(); // or the card, when it goes by itself, takes the mark of the row along
    one('a', row).focus({preventScroll: true});
    choose(figure);
    into(row, 'nearest');
  };

  const toFigure = (row) => {
    const figure = figureOf(row);
    choose(figure);
    into(figure, 'center');
    figure.focus({preventScroll: true});
  };

  const choose = (figure) => {
    for (const old of all('.chosen')) old.classList.remove('chosen');
    for (const each of [figure, ...rowsOf(figure)]) each.classList.add('chosen');
  };

  for (const figure of figures) {
    figure.removeAttribute('title');
    figure.addEventListener('pointerenter', (event) => event.pointerType === 'mouse' && show(figure));
    figure.addEventListener('pointerleave', (event) => event.pointerType === 'mouse' && leave());
    figure.addEventListener('focus', () => show(figure));
    figure.addEventListener('blur', leave);
    figure.addEventListener('click', (event) => {
      event.preventDefault();
      if (wide.matches) toRow(figure); else show(figure);
    });
  }
  for (const row of rows) {
    row.addEventListener('mouseenter', () => mark(figureOf(row), true));
    row.addEventListener('mouseleave', () => mark(figureOf(row), false));
    row.addEventListener('focusin', () => mark(figureOf(row), true));
    row.addEventListener('focusout', () => mark(figureOf(row), false));
    row.addEventListener('click', (event) => { event.preventDefault(); toFigure(row); });
  }
  card.addEventListener('pointerenter', () => clearTimeout(leaving));
  card.addEventListener('pointerleave', leave);
  addEventListener('keydown', (event) => { if (event.key === 'Escape') hide(); });
  addEventListener('scroll', () => shown && place(shown), {passive: true});
  addEventListener('resize', hide);

  // the tables stay below the heading, however high it is

  new ResizeObserver(([entry]) => document.documentElement.style.setProperty(
    '--top', `${entry.target.offsetHeight}px`)).observe(one('header'));

  // the legend and the field filter both

  const find = one('#find');
  const found = one('output');
  const switches = all('.legend input');

  const filter = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const off = new Set(switches.filter((each) => !each.checked).map((each) => each.dataset.kind));
    const left = new Set();
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      const stays = !off.has(row.dataset.kind) && words.every((word) => text.includes(word));
      row.hidden = !stays;
      if (stays) left.add(number(row));
    }
    for (const figure of figures) {
      const gone = !left.has(number(figure));
      figure.classList.toggle('off', gone);
      if (gone) figure.tabIndex = -1; else figure.removeAttribute('tabindex');
    }
    for (const folded of all('details')) if (words.length) folded.open = all('tr[data-figure]:not([hidden])', folded).length > 0;
    found.textContent = words.length ? `${left.size} of ${figures.length}` : '';
    if (shown && shown.classList.contains('off')) hide();
  };

  find.closest('p').hidden = false;
  find.addEventListener('input', filter);
  for (const each of switches) each.addEventListener('change', filter);
  filter();

  // paper shows all of it

  let folded = [];
  addEventListener('beforeprint', () => {
    hide();
    folded = all('details:not([open])');
    for (const each of folded) each.open = true;
  });
  addEventListener('afterprint', () => { for (const each of folded) each.open = false; });
})();
