// What the session page says where its status, or who is meant, decides.
import type { SessionView } from '@attune/contract';
import type { Refusal, SessionStatus } from '@attune/domain';
import { isolated, list } from '../lib/format.ts';
import { m } from '../paraglide/messages.js';
import { named } from './guest.ts';

/** So many are named; of more only how many. */
const mostNamed = 3;

/** Which chosen questions the version does not have; empty where it has them all. */
export function goneSentence({ goneQuestions, scorecardVersion }: Gone): string {
  const count = goneQuestions.length;
  if (count === 0) return '';
  const named = goneQuestions.slice(0, count > mostNamed ? mostNamed - 1 : mostNamed);
  const prompts = named.map(({ prompt }) => m.session_gone_prompt({ prompt: isolated(prompt) }));
  const more = count > named.length ? [m.session_gone_more({ count: count - named.length })] : [];
  return m.session_gone_sentence({
    count,
    version: String(scorecardVersion),
    prompts: list([...prompts, ...more]),
  });
}

type Gone = Pick<SessionView['detail'], 'goneQuestions' | 'scorecardVersion'>;

export const session = {
  scopeHint: (scope: string | null) =>
    scope === null ? m.session_fields_scopeHint() : m.session_fields_scopeHintOf({ scope }),
  excused: (reason: string) => (reason ? m.session_state_excusedFor({ reason }) : m.session_state_excused()),
  agreed: (flagged: number, agreed: number) =>
    flagged === 0 ? m.session_agreed_none() : m.session_agreed_summary({ flagged, agreed }),
  standsNow: (status: SessionStatus, facilitator: string) =>
    m.session_standsNow({ status: m.phases_names({ status }), facilitator }),
  /** Why the next step is not there yet; empty when it is. */
  whyNot: (
    refusal: Refusal | null,
    { shared: { participants: people }, detail }: Pick<SessionView, 'shared' | 'detail'>,
  ): string => {
    switch (refusal?.code) {
      case 'too-few-participants':
        return m.session_whyNot_participants({ count: refusal.need - refusal.have });
      case 'questions-gone':
        return `${goneSentence(detail)} ${m.session_gone_chooseAgain()}`;
      case 'not-all-submitted': {
        const names = people.filter(({ id }) => refusal.waitingFor.includes(id)).map(named);
        const first =
          names.length > 3
            ? [...names.slice(0, 2), m.session_whyNot_others({ count: names.length - 2 })]
            : names;
        return m.session_whyNot_submitted({ names: list(first) });
      }
      case 'too-few-submissions':
        return m.session_whyNot_submissions();
      default:
        return '';
    }
  },
} as const;
