// The demo organisation's scorecards, as import documents: what a customer would import looks just like this.
import type { ScorecardDocument } from '@attune/contract';
import { scorecardDocument } from '@attune/contract';
import type * as z from 'zod/mini';

type Input = z.input<typeof scorecardDocument>;

const quality = [
  { value: 1, label: 'Missed' },
  { value: 3, label: 'Met' },
  { value: 5, label: 'Outstanding' },
];

const voice: Input = {
  format: 'attune-scorecard/1',
  name: 'Voice quality 2026',
  description: 'Every inbound call, from greeting to wrap-up.',
  passMark: 80,
  sections: [
    {
      id: 'opening',
      title: 'Opening',
      weight: 1,
      questions: [
        {
          id: 'greeting',
          type: 'binary',
          prompt: 'Greets with name, company and an offer to help',
          guidance: 'Pass when all three are there within the first 15 seconds. The order does not matter.',
        },
        {
          id: 'verification',
          type: 'binary',
          prompt: 'Verifies the caller before anything about the account is said',
          guidance: 'Two of three identifiers. N/A only when the call is not about an account.',
          weight: 2,
          naEligible: true,
          critical: 'scorecard',
          comment: 'required-when-points-lost',
        },
      ],
    },
    {
      id: 'understanding',
      title: 'Understanding',
      weight: 3,
      questions: [
        {
          id: 'listening',
          type: 'scale',
          prompt: 'Lets the caller finish and shows they were heard',
          guidance:
            '5: paraphrases the concern in own words. 3: no interruption, no paraphrase. 1: talks over the caller.',
          min: 1,
          max: 5,
          anchors: quality,
          weight: 2,
        },
        {
          id: 'empathy',
          type: 'scale',
          prompt: 'Acknowledges how the caller feels',
          guidance:
            '5: names the feeling and its reason. 3: a general “I understand”. 1: nothing where it was called for.',
          min: 1,
          max: 5,
          anchors: quality,
          weight: 2,
          naEligible: true,
        },
        {
          id: 'probing',
          type: 'checklist',
          prompt: 'Asks what is needed to find the cause',
          guidance: 'Choose what was asked, whether or not it turned out to matter.',
          options: [
            { id: 'when', label: 'When it began', points: 1 },
            { id: 'tried', label: 'What was tried already', points: 1 },
            { id: 'impact', label: 'What it prevents the caller from doing', points: 2 },
          ],
        },
      ],
    },
    {
      id: 'solving',
      title: 'Solving',
      weight: 4,
      questions: [
        {
          id: 'accuracy',
          type: 'rubric',
          prompt: 'Gives information that is right and complete',
          guidance: 'Judge against the knowledge base as of the interaction date.',
          weight: 3,
          comment: 'required-when-points-lost',
          options: [
            { id: 'right', label: 'Right and complete', points: 10 },
            { id: 'minor', label: 'Right, a detail missing', points: 7 },
            { id: 'major', label: 'Wrong in part', points: 3 },
            { id: 'wrong', label: 'Wrong', points: 0 },
          ],
        },
        {
          id: 'ownership',
          type: 'scale',
          prompt: 'Takes ownership until the end',
          guidance:
            '5: says who does what by when. 3: a next step without a time. 1: sends the caller elsewhere.',
          min: 1,
          max: 5,
          anchors: quality,
          weight: 2,
        },
        {
          id: 'policy',
          type: 'binary',
          prompt: 'Keeps to policy on refunds and goodwill',
          guidance: 'N/A when neither came up.',
          naEligible: true,
          critical: 'section',
        },
      ],
    },
    {
      id: 'closing',
      title: 'Closing',
      weight: 2,
      questions: [
        {
          id: 'summary',
          type: 'binary',
          prompt: 'Sums up what was agreed',
          guidance: 'In one or two sentences, before the goodbye.',
        },
        {
          id: 'tone',
          type: 'rubric',
          prompt: 'Overall tone',
          guidance: 'What a new colleague should hear in it. Not scored.',
          options: [
            { id: 'warm', label: 'Warm' },
            { id: 'neutral', label: 'Neutral' },
            { id: 'cold', label: 'Cold' },
          ],
        },
        { id: 'coaching', type: 'text', prompt: 'One thing to keep, one to change', required: false },
      ],
    },
  ],
};

const chat: Input = {
  format: 'attune-scorecard/1',
  name: 'Chat quality',
  description: 'Live chat, judged on the transcript alone.',
  passMark: 85,
  sections: [
    {
      id: 'pace',
      title: 'Pace',
      questions: [
        {
          id: 'first-reply',
          type: 'binary',
          prompt: 'First reply within 40 seconds',
          guidance: 'Read the times in the transcript.',
        },
        {
          id: 'gaps',
          type: 'scale',
          prompt: 'Keeps the customer informed during waits',
          guidance: '10: every wait over two minutes is announced. 0: silence.',
          min: 0,
          max: 10,
        },
      ],
    },
    {
      id: 'writing',
      title: 'Writing',
      weight: 2,
      questions: [
        {
          id: 'clarity',
          type: 'scale',
          prompt: 'Writes so that it is understood at once',
          guidance: 'Short sentences, no jargon.',
          min: 1,
          max: 5,
          anchors: quality,
        },
        {
          id: 'person',
          type: 'scale',
          prompt: 'Sounds like a person',
          guidance: 'Canned text adapted to the case.',
          min: 1,
          max: 5,
          anchors: quality,
          naEligible: true,
        },
        {
          id: 'errors',
          type: 'rubric',
          prompt: 'Spelling and grammar',
          guidance: 'Count what a customer would notice.',
          options: [
            { id: 'none', label: 'No errors', points: 5 },
            { id: 'few', label: 'One or two', points: 3 },
            { id: 'many', label: 'Three or more', points: 0 },
          ],
        },
      ],
    },
    {
      id: 'outcome',
      title: 'Outcome',
      weight: 3,
      questions: [
        {
          id: 'resolved',
          type: 'binary',
          prompt: 'Resolved in this chat',
          guidance: 'N/A when it could not have been.',
          naEligible: true,
          weight: 2,
        },
        {
          id: 'steps',
          type: 'checklist',
          prompt: 'Explains the next steps',
          options: [
            { id: 'what', label: 'What happens', points: 1 },
            { id: 'who', label: 'Who does it', points: 1 },
            { id: 'when', label: 'By when', points: 1 },
          ],
        },
        {
          id: 'security',
          type: 'binary',
          prompt: 'Asks for no password or full card number',
          guidance: 'Any such request fails the scorecard.',
          critical: 'scorecard',
        },
      ],
    },
  ],
};

const email: Input = {
  format: 'attune-scorecard/1',
  name: 'E-mail and claims',
  description: 'Written answers that the customer keeps.',
  sections: [
    {
      id: 'answer',
      title: 'The answer',
      weight: 2,
      questions: [
        {
          id: 'answers-all',
          type: 'scale',
          prompt: 'Answers every question that was asked',
          guidance: 'Count the questions in the incoming e-mail.',
          min: 0,
          max: 4,
          weight: 2,
        },
        { id: 'correct', type: 'binary', prompt: 'Nothing in it is wrong', critical: 'section' },
        {
          id: 'effort',
          type: 'scale',
          prompt: 'Saves the customer effort',
          guidance: 'Forms attached, links that lead to the right page.',
          min: 1,
          max: 7,
        },
      ],
    },
    {
      id: 'form',
      title: 'The form',
      questions: [
        {
          id: 'structure',
          type: 'scale',
          prompt: 'Can be read in half a minute',
          guidance: 'The answer first, reasons after.',
          min: 1,
          max: 5,
          anchors: quality,
        },
        {
          id: 'register',
          type: 'rubric',
          prompt: 'Register',
          options: [
            { id: 'formal', label: 'Too formal' },
            { id: 'right', label: 'Right for this customer' },
            { id: 'casual', label: 'Too casual' },
          ],
        },
      ],
    },
  ],
};

const technical: Input = {
  format: 'attune-scorecard/1',
  name: 'Technical support',
  description: 'Meter and app problems, by phone.',
  sections: [
    {
      id: 'diagnosis',
      title: 'Diagnosis',
      weight: 3,
      questions: [
        { id: 'reproduces', type: 'binary', prompt: 'Reproduces or reads back the fault', naEligible: true },
        {
          id: 'order',
          type: 'scale',
          prompt: 'Tests in an order that makes sense',
          guidance: 'Cheapest and likeliest first.',
          min: 1,
          max: 5,
          anchors: quality,
          weight: 2,
        },
        {
          id: 'safety',
          type: 'binary',
          prompt: 'Warns before anything at the meter is touched',
          critical: 'scorecard',
          naEligible: true,
        },
      ],
    },
    {
      id: 'language',
      title: 'Language',
      questions: [
        { id: 'plain', type: 'scale', prompt: 'Explains without jargon', min: 1, max: 5, anchors: quality },
        {
          id: 'patience',
          type: 'scale',
          prompt: 'Stays patient when steps have to be repeated',
          min: 1,
          max: 5,
          anchors: quality,
          naEligible: true,
        },
      ],
    },
    {
      id: 'end',
      title: 'End',
      questions: [{ id: 'works', type: 'binary', prompt: 'Makes sure that it works before hanging up' }],
    },
  ],
};

const draft: Input = {
  format: 'attune-scorecard/1',
  name: 'Retention calls (draft)',
  description: 'Being written with the Kestrel Bank team.',
  sections: [
    {
      id: 'offer',
      title: 'Offer',
      questions: [{ id: 'reason', type: 'binary', prompt: 'Asks why before making an offer' }],
    },
  ],
};

const read = (input: Input): ScorecardDocument => scorecardDocument.parse(input);

export const publishedScorecards = {
  voice: read(voice),
  chat: read(chat),
  email: read(email),
  technical: read(technical),
};
export type ScorecardKey = keyof typeof publishedScorecards;
export const draftScorecard = read(draft);
