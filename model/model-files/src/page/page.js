'use strict';
(async () => {
  const byId = (id) => document.getElementById(id);
  const { words, card, classes, side, backbone } = JSON.parse(byId('told').textContent);
  const numbers = (digits) => new Intl.NumberFormat(words.language, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits });
  const [tenths, percent] = [numbers(1), numbers(0)];

  const made = (name, text, parent) => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    parent?.append(element);
    return element;
  };
  const row = (parent, kind, cells) => {
    const line = made('tr', undefined, parent);
    for (const cell of cells) made(kind, cell, line);
    return line;
  };
  const tell = (text) => (byId('status').textContent = text);

  const showCard = () => {
    const place = byId('card');
    made('h2', words.intended_use, place);
    made('p', card.intended_use, place);
    if (card.limits.length) {
      made('h2', words.limits, place);
      const list = made('ul', undefined, place);
      for (const limit of card.limits) made('li', limit, list);
    }
    if (card.scores.length) {
      made('h2', words.scores, place);
      const table = made('table', undefined, place);
      for (const { name, value, low, high, n } of card.scores) {
        const range = low === null || high === null ? '' : `${percent.format(low)} – ${percent.format(high)}`;
        row(table, 'td', [name, percent.format(value), range, `n = ${n}`]);
      }
    }
    made('h2', words.images, place);
    made('p', [card.images.title, card.images.split, card.images.licence, card.images.attribution].filter(Boolean).join(' · '), place);
    const table = made('table', undefined, place);
    row(table, 'th', [words.set, words.all, ...classes, words.patients]);
    for (const { name, images, by_class, patients } of card.images.sets) row(table, 'td', [words[name] ?? name, images, ...by_class, patients ?? '']);
    made('p', `${words.private} ${[card.made_with, backbone].filter(Boolean).join('; ')}.`, place);
  };
  showCard();

  const bytesOf = (id) => {
    const text = byId(id).textContent;
    byId(id).remove();
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  };
  const file = bytesOf('network');
  const compiled = await WebAssembly.compile(bytesOf('program'));

  // A file may end an instance; the next one gets another.
  let program;
  const put = (bytes) => {
    const address = program.room(bytes.length); // first, as it may move the memory
    new Uint8Array(program.memory.buffer, address, bytes.length).set(bytes);
  };
  const start = async () => {
    program = (await WebAssembly.instantiate(compiled)).exports;
    put(file);
    if (!program.load()) throw new Error('network');
  };
  const floats = (address, length) => new Float32Array(program.memory.buffer, address, length).slice();

  const classify = (bytes) => {
    put(bytes);
    if (!program.classify()) return undefined;
    return { probabilities: floats(program.probabilities(), classes.length), input: floats(program.input(), side * side) };
  };

  const show = (name, answer) => {
    const article = document.createElement('article');
    const own = made('div', undefined, article);
    made('h2', name, own);
    if (answer) {
      const canvas = made('canvas');
      article.prepend(canvas);
      canvas.width = canvas.height = side;
      canvas.setAttribute('role', 'img');
      canvas.setAttribute('aria-label', words.input);
      const picture = new ImageData(side, side);
      answer.input.forEach((grey, place) => picture.data.set([255 * grey, 255 * grey, 255 * grey, 255], 4 * place));
      canvas.getContext('2d').putImageData(picture, 0, 0);
      const table = made('table', undefined, own);
      made('caption', words.probabilities, table);
      const most = Math.max(...answer.probabilities);
      classes.forEach((name, place) => {
        const probability = answer.probabilities[place];
        const line = row(table, 'td', [name, tenths.format(probability)]);
        line.dataset.probability = probability;
        if (probability === most) line.className = 'first';
        const meter = made('meter', undefined, made('td', undefined, line));
        meter.value = probability;
        meter.setAttribute('aria-label', name);
      });
    } else {
      made('p', words.unread, own);
    }
    byId('answers').prepend(article);
  };

  const ask = async (files) => {
    for (const file of files) {
      tell(`${words.reading} ${file.name}`);
      await new Promise((done) => setTimeout(done)); // so that it is shown
      let answer;
      try {
        answer = classify(new Uint8Array(await file.arrayBuffer()));
      } catch {
        await start();
      }
      show(file.name, answer);
    }
    tell('');
  };

  await start();
  byId('files').disabled = false;
  tell('');
  let asked = Promise.resolve();
  const queue = (files) => {
    const list = [...files];
    asked = asked.then(() => ask(list)).catch(() => tell(words.broken));
  };
  byId('files').addEventListener('change', ({ target }) => {
    queue(target.files);
    target.value = '';
  });
  addEventListener('dragover', (event) => {
    event.preventDefault();
    document.body.className = 'over';
  });
  addEventListener('dragleave', () => (document.body.className = ''));
  addEventListener('drop', (event) => {
    event.preventDefault();
    document.body.className = '';
    queue(event.dataTransfer.files);
  });
})().catch(() => {
  document.getElementById('status').textContent = JSON.parse(document.getElementById('told').textContent).words.broken;
});
