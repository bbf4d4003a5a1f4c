/**
 * `npm run conformance:live -- --pip 26.2.1 --cases 1000 --seed 7`: random small indexes, solved by real pip and by our
 * engine, event for event and line for line. A disagreement is shrunk to its smallest index and printed. Skipped, with a message, where
 * there is no Python with pip.
 */
import { parseArgs } from 'node:util';
import { type LiveCase, randomCase, randomNumbers } from './live-cases.ts';
import { caseText, isWhole, smallerCases } from './live-shrinking.ts';
import { hasPython, type LiveAnswer, LivePip, ourAnswer, pipWheel } from './live-pip.ts';

/** Disagreements shrunk and printed at most; shrinking asks pip hundreds of times. */
const MAX_PRINTED = 5;

/** The first difference between two answers; '' when there is none. */
function difference(ours: LiveAnswer, theirs: LiveAnswer): string {
  const [left, right] = [ours, theirs].map(({ events }) => events.map((event) => JSON.stringify(event)));
  const length = Math.max(left!.length, right!.length);
  for (let index = 0; index < length; index += 1) {
    if (left![index] === right![index]) continue;
    // A search that repeats itself is not run to the limit by us.
    if (left![index] === undefined && right!.length > 1_000) return '';
    return `event ${index}: ours ${left![index] ?? 'none'}, pip's ${right![index] ?? 'none'}`;
  }
  const [ourPins, theirPins] = [ours, theirs].map(({ pins }) =>
    JSON.stringify(Object.entries(pins ?? {}).sort()),
  );
  if (ourPins !== theirPins) return `pins: ours ${ourPins}, pip's ${theirPins}`;
  const line = Math.max(ours.text.length, theirs.text.length);
  for (let index = 0; index < line; index += 1) {
    const [mine, real] = [ours.text[index], theirs.text[index]];
    if (mine !== real) return `line ${index}: ours ${mine ?? 'none'}, pip's ${real ?? 'none'}`;
  }
  return '';
}

async function compare(pip: LivePip, liveCase: LiveCase): Promise<string> {
  const theirs = await pip.answer(liveCase);
  return difference(ourAnswer(liveCase, pip.pip, pip.python), theirs);
}

/** The smallest case found that still differs. */
async function shrink(pip: LivePip, liveCase: LiveCase): Promise<LiveCase> {
  for (const smaller of smallerCases(liveCase)) {
    if (isWhole(smaller) && (await compare(pip, smaller)) !== '') return shrink(pip, smaller);
  }
  return liveCase;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      pip: { type: 'string', default: '26.2.1' },
      cases: { type: 'string', default: '200' },
      seed: { type: 'string', default: '7' },
    },
  });
  if (!hasPython()) {
    console.log('skipped: there is no python3 with pip here');
    return;
  }
  const wheel = pipWheel(values.pip);
  const pip = new LivePip(wheel);
  await pip.start();
  if (wheel === null)
    console.log(`pip ${values.pip} cannot be fetched here; driving pip ${pip.pip}, which Python has`);
  const random = randomNumbers(Number(values.seed));
  let different = 0;
  for (let count = 0; count < Number(values.cases); count += 1) {
    const liveCase = randomCase(random, pip.pip);
    if ((await compare(pip, liveCase)) === '') continue;
    different += 1;
    if (different > MAX_PRINTED) continue;
    const smallest = await shrink(pip, liveCase);
    console.log(`case ${count}: ${await compare(pip, smallest)}\n${caseText(smallest)}\n`);
  }
  pip.stop();
  console.log(
    `pip ${pip.pip}, seed ${values.seed}: ${Number(values.cases) - different} of ${values.cases} cases agree`,
  );
  process.exitCode = different === 0 ? 0 : 1;
}

await main();
