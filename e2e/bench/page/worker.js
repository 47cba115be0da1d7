// A worker for one library. The first message names the module that starts it, and is answered with what there is to note; every later
// one names a function of what that gave.

const answer = async (work) => {
  try {
    const result = await work();
    const transfer = result instanceof Float32Array ? [result.buffer] : [];
    postMessage({ result }, { transfer });
  } catch (error) {
    postMessage({ error: String(error?.message ?? error) });
  }
};

let program;

onmessage = ({ data: { module, options, call, argument } }) =>
  answer(async () => {
    if (!module) return program[call](argument);
    const { start } = await import(`./${module}.js`);
    program = await start(options);
    return program.note;
  });
