// Words of the session page: draft, scoring, and what the facilitator may do.
import type { ParticipantView } from '@attune/contract';
import type { Refusal, SessionStatus } from '@attune/domain';
import { list, plural } from '../lib/format.ts';
import { named } from './guest.ts';
import { phases } from './phases.ts';

export const session = {
  notLoaded: 'The board could not be loaded',
  crumb: 'Calibrations',
  newTitle: 'New calibration',
  newAbout: 'Everyone scores the same interaction unseen; then all answers are revealed at once.',
  create: 'Create draft',
  createAbout: 'Next you add participants. Nothing is sent to anyone yet.',
  save: 'Save settings',
  edit: 'Edit settings',
  settings: 'Settings',
  people: 'Participants',
  none: 'Not given',
  listLoading: 'Loading the choices…',
  listFailed: 'The choices could not be loaded.',
  listsMissing: 'There is something left to choose',
  listsMissingAbout: 'The choices are not here yet. Wait a moment, or press Try again beside them.',
  fields: {
    name: 'Session name',
    namePlaceholder: 'Week 12, cards, escalated call',
    scorecard: 'Scorecard',
    scorecardChoose: 'Choose a published scorecard',
    noScorecards: 'There is no published scorecard you may use. Publish one first.',
    scorecardMissing: 'Choose a scorecard.',
    scorecardHint: 'Only published ones can be used.',
    standing: {
      superseded: 'A newer version has been published. Edit the settings and choose it.',
      archived: 'This scorecard has been archived. Edit the settings and choose another.',
    },
    oldScorecard: {
      superseded: (name: string) => `${name} (an earlier version)`,
      archived: (name: string) => `${name} (archived)`,
    },
    threshold: 'Variance threshold, %',
    thresholdShort: 'Variance threshold',
    thresholdHint: 'A larger spread flags the question.',
    interaction: 'Interaction',
    times: 'Times',
    reference: 'Interaction reference',
    date: 'Interaction date',
    scope: 'Client and line of business',
    scopeHint: (scope: string | null) =>
      scope === null
        ? 'Open to everyone in your organisation.'
        : `Only people who work for ${scope} can take part.`,
    wholeOrganisation: 'Organisation-wide',
    recording: 'Recording link',
    transcript: 'Transcript',
    transcriptHint: 'Paste it one line each. A time and a speaker may lead each line.',
    transcriptPlaceholder: '00:04 Agent: Good morning, how can I help?',
    transcriptLines: (n: number) => plural(n, { one: '# line', other: '# lines' }),
    transcriptRead: (n: number, timed: number, spoken: number) =>
      `${plural(n, { one: '# line', other: '# lines' })} read: ${timed} with a time, ${spoken} with a speaker.`,
    transcriptMore: (n: number) => plural(n, { one: 'and # more line', other: 'and # more lines' }),
    meeting: 'Meeting time',
    addToCalendar: 'Add to calendar',
    due: 'Scoring due',
    isPast: 'This time has passed.',
    isBeforeDue: 'This is before scoring is due.',
    agent: 'Agent',
    hideAgent: 'Hide the agent’s name from evaluators',
    hidden: 'hidden from evaluators',
    questions: 'Questions',
    questionCount: (n: number) => plural(n, { one: '# question', other: '# questions' }),
    chosenQuestions: (n: number) => plural(n, { one: '# chosen question', other: '# chosen questions' }),
    everyQuestion: 'All questions',
    allQuestions: (n: number) => plural(n, { one: 'Its # question', other: 'All # questions' }),
    someQuestions: (n: number, of: number) => `${n} of ${of} questions`,
    chooseAll: 'All',
    chooseNone: 'None',
    noQuestion: 'Choose at least one question.',
  },
  addPerson: 'Add a participant',
  addLate: 'Add a late participant',
  addPersonPlaceholder: 'Type a name',
  nobodyFound: 'Nobody in your organisation has this name.',
  noCandidates: 'Everyone who can take part is in.',
  scoreToo: 'I score too',
  neutral: 'You stay neutral: you run the meeting and do not score.',
  scoring: 'You score like everyone else, unseen until the reveal.',
  removeShort: 'Remove',
  optionsFor: (name: string) => `Options for ${name}`,
  removed: (name: string) => `${name} was removed.`,
  undo: 'Undo',
  noPeople: 'Nobody yet. Add at least two people who score.',
  noPeopleYet: 'Nobody takes part yet.',
  facilitatedBy: (name: string) => `Facilitated by ${name}`,
  state: {
    scoring: 'Not started',
    progress: (answered: number, of: number) => `${answered} of ${of} answered`,
    submitted: 'Submitted',
    putOut: 'Put out',
    excused: (reason: string) => (reason ? `Excused: ${reason}` : 'Excused'),
  },
  you: 'you',
  late: 'joined late',
  excuse: 'Excuse…',
  excuseVerb: 'Excuse',
  excuseTitle: (name: string) => `Excuse ${name}?`,
  excuseBody: 'They will not score in this session. The reason stays in the record.',
  excuseReason: 'Reason',
  fewest: 'At least two have to score. Add someone before you excuse another.',
  readmit: 'Let back in',
  untitled: 'Calibration',
  offline: 'You see how things stood when the connection was lost.',
  opensLater: (facilitator: string) => `${facilitator} is preparing it. You can score once it starts.`,
  score: 'Score',
  openSheet: 'See my sheet',
  steps: {
    start: {
      verb: 'Start scoring',
      title: 'Start scoring?',
      body: (n: number) =>
        `${plural(n, { one: '# participant', other: '# participants' })} can score from now on. Settings, scorecard and threshold are frozen.`,
      noInteraction: 'Nothing says what to score',
      noInteractionAbout:
        'This calibration has no interaction reference, no recording link and no transcript. Add one in the settings, unless everyone knows which interaction is meant.',
    },
    reveal: {
      verb: 'Reveal',
      title: 'Reveal to everyone now?',
      body: (n: number) =>
        `${n} of ${n} have submitted. Everyone sees every answer at the same moment. This cannot be undone.`,
    },
    close: {
      verb: 'Close',
      title: 'Close this session?',
      body: 'It becomes a record for good. Nothing in it can be changed any more.',
    },
    delete: {
      verb: 'Delete draft',
      title: (name: string) => `Delete “${name}”?`,
      body: 'The draft and its list of participants are gone for good.',
    },
    'take-over': {
      verb: 'Take over',
      title: 'Take this session over?',
      body: (name: string) => `You become the facilitator in place of ${name}. The record says so.`,
    },
  },
  record: 'Open the record',
  agreed: {
    title: 'Outcome',
    summary: (flagged: number, agreed: number) =>
      flagged === 0
        ? 'No question was flagged: everyone scored alike.'
        : `${plural(flagged, { one: '# question was flagged', other: '# questions were flagged' })}; ${plural(agreed, { one: '# answer is agreed', other: '# answers are agreed' })}.`,
    reviewed: 'Revealed',
    resolved: 'Resolved',
    closed: 'Closed',
  },
  standsNow: (status: SessionStatus, facilitator: string) =>
    `It stands at “${phases.names[status]}” now, facilitated by ${facilitator}.`,
  deleteDraft: 'Delete draft',
  deleted: 'This draft was deleted.',
  takeOver: 'Take over',
  more: 'More',
  /** Why the next step is not there yet; empty when it is. */
  whyNot: (refusal: Refusal | null, people: readonly ParticipantView[]): string => {
    switch (refusal?.code) {
      case 'too-few-participants':
        return plural(refusal.need - refusal.have, {
          one: 'Add # more participant to start.',
          other: 'Add # more participants to start.',
        });
      case 'not-all-submitted': {
        const names = people.filter(({ id }) => refusal.waitingFor.includes(id)).map(named);
        const first = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} others`] : names;
        return `Waiting for ${list(first)}.`;
      }
      case 'too-few-submissions':
        return 'At least two submissions are needed.';
      default:
        return '';
    }
  },
  happened: {
    joined: (name: string) => `${name} was added`,
    submitted: (name: string, n: number, of: number) => `${name} submitted; ${n} of ${of}`,
    takenBack: (name: string) => `${name} took the submission back`,
    status: {
      draft: '',
      scoring: 'Scoring has started',
      review: 'The answers are revealed',
      resolved: 'The session is resolved',
      closed: 'The session is closed',
    },
    facilitator: (name: string) => `${name} facilitates now`,
  },
} as const;
