// An analyser process whose texts say what becomes of it: each word is done once, the last one for ever.
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';

const NOTHING = {
  profile: 'mup',
  broken: false,
  unread: [],
  findings: [],
  notes: [],
  imported: [],
  models: [],
};

/** `FILE: die answer` dies at the first try and answers at the second; FILE counts the tries. */
function nextWord(text) {
  const [, file, script] = /^(.*): (.*)$/.exec(text);
  const tries = readFileSync(file, { encoding: 'utf8', flag: 'a+' }).length;
  writeFileSync(file, '.'.repeat(tries + 1));
  const words = script.split(' ');
  return words[Math.min(tries, words.length - 1)];
}

let isUnwanted;

process.on('message', async ({ text, number }) => {
  switch (nextWord(text)) {
    case 'die':
      return process.kill(process.pid, 'SIGKILL');
    case 'exhaust':
      process.stderr.write('FATAL ERROR: JavaScript heap out of memory\n');
      return process.abort();
    case 'hang':
      for (;;);
    case 'wait': {
      const { hearUnwanted } = await import('../src/sources/analyser/parent-watch.ts');
      isUnwanted ??= hearUnwanted();
      while (!isUnwanted(number));
      return process.send({ kind: 'cancelled' });
    }
    case 'throw':
      return process.send({ kind: 'threw', message: 'no luck', stack: 'no luck at here' });
    default:
      return process.send({ kind: 'analysed', analysis: { ...NOTHING, pid: process.pid } });
  }
});
process.on('disconnect', () => process.exit());
process.send({ kind: 'ready' });
