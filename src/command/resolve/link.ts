/**
 * `--link URL`: `{"problem", "view"}` of a link, or `{"error"}` with the sentence that the page would show. With other
 * flags the Problem is run besides, and the run's object follows in the same one.
 */
import { decodeLink } from '../../client/codec/permalink.ts';
import { linkFaultText } from '../../client/codec/link-words.ts';
import { exitStatus } from '../../core/headless/report.ts';
import { makeIndexOpener } from '../problem-index.ts';
import { answerProblem, type AnswerFlags } from './answer.ts';
import { commandsOf } from './commands.ts';

const NOT_A_PROBLEM = 2;

/** Prints what an address or its fragment holds; gives the exit status. */
export async function answerLink(
  address: string,
  flags: AnswerFlags,
  print: (value: unknown) => Promise<void>,
): Promise<number> {
  const reading = await decodeLink(fragmentOf(address));
  if (reading.kind !== 'link') {
    const error =
      reading.kind === 'none'
        ? 'This address holds no link to a question.'
        : linkFaultText(reading.fault, reading.detail);
    return refuse(print, { error });
  }
  const { problem, view } = reading.link;
  if (!flags.events && !flags.explain && flags.commands !== true && flags.share === undefined) {
    await print({ problem, view });
    return 0;
  }
  // A link holds no path: what it names is inline, or a snapshot of ours.
  const answer = await answerProblem(problem, makeIndexOpener('.'), { ...flags, origin: 'link' });
  if (!answer.ok) {
    const commands = flags.commands === true ? commandsOf(problem, 'link') : {};
    return refuse(print, { problem, view, error: answer.error.message, ...commands });
  }
  await print({ problem, view, ...answer.value });
  return exitStatus(answer.value.outcome);
}

async function refuse(
  print: (value: unknown) => Promise<void>,
  value: { readonly error: string } & Readonly<Record<string, unknown>>,
): Promise<number> {
  process.stderr.write(`${value.error}\n`);
  await print(value);
  return NOT_A_PROBLEM;
}

/** `https://…/#v2.…`, `#v2.…` or `v2.…`. */
function fragmentOf(address: string): string {
  const text = address.trim();
  const at = text.indexOf('#');
  return at >= 0 ? text.slice(at) : `#${text}`;
}
