// Interactions of the demo organisation: `seconds|speaker|words`, one line each.
import type { TranscriptLine } from '@attune/domain';

const read = (text: string): TranscriptLine[] =>
  text
    .trim()
    .split('\n')
    .map((line) => {
      const [second = '', speaker = '', ...words] = line.trim().split('|');
      return { second: Number(second), speaker, text: words.join('|') };
    });

export const transcripts = {
  card: read(`
    0|Agent|Good morning, Kestrel Bank cards, you're speaking with Noor. How can I help?
    6|Customer|Hi. My card was declined at the pharmacy just now and I'm standing here with my daughter's prescription.
    15|Agent|Oh no, that's the last thing you need with a prescription waiting. Let me look straight away. Could I take your full name and date of birth?
    24|Customer|Helen Marsh, fourteenth of May eighty-two.
    31|Agent|Thank you, Helen. And the postcode on the account?
    36|Customer|Er, BS6.
    39|Agent|That's lovely. So I can see a security hold was placed this morning, because of two online payments in quick succession.
    51|Customer|That was me! I bought school shoes. Nobody told me.
    56|Agent|I understand. We do send a text, it looks like it went to an old number ending 440.
    64|Customer|I changed that months ago. On your app.
    68|Agent|Right. Okay. I can lift the hold now, it takes about two minutes to work.
    76|Customer|Two minutes, fine. And the number?
    80|Agent|I can't change the number on this call, you would have to do that in the app or in a branch.
    90|Customer|But I did do that in the app.
    94|Agent|I hear you. What I can do is raise it with the digital team so they look at why it didn't save.
    104|Customer|And then what, do I call again?
    108|Agent|No, they'll be in touch. The hold is lifted now, could you try the card for me?
    121|Customer|It's… yes, it went through. Thank God.
    126|Agent|Brilliant. Is there anything else today?
    129|Customer|Just the number, please make sure.
    132|Agent|I've put it through. Take care, Helen, and I hope your daughter feels better.
  `),
  loan: read(`
    0|Agent|Kestrel Bank loans, Priya speaking.
    4|Customer|I want to settle my loan early. I got a letter with a figure and it is higher than last month. How can it be higher?
    16|Agent|Let me check. Can I take the account number?
    20|Customer|It's on the letter, 40118872.
    27|Agent|And your name and date of birth, please.
    31|Customer|Joan Albright, ninth of the second, fifty-nine.
    38|Agent|Thank you. So the settlement figure has an early repayment charge of fifty-eight days' interest.
    47|Customer|Nobody mentioned that when I took it out.
    51|Agent|It is in the agreement, section nine.
    55|Customer|I'm sure it is, dear, on page thirty. I'm seventy next month. I was told I could pay it off whenever I liked.
    66|Agent|You can pay it off whenever you like, there is just the charge.
    72|Customer|Well that's not the same thing, is it.
    77|Agent|I do understand why that's frustrating. If you settle after the first of the month the figure drops by about forty pounds.
    89|Customer|Oh. That's something. Why does the letter not say that?
    94|Agent|I'm afraid the letter is only a snapshot. I can send you a figure for the second, valid for fourteen days.
    104|Customer|Yes please. By post.
    107|Agent|I'll send it today, you'll have it by Friday. If it's not there on Monday, ring us and ask for me, Priya.
    118|Customer|Thank you. You've been more help than the letter.
  `),
  fraud: read(`
    0|Agent|Fraud desk, this is Callum. You're on a recorded line.
    5|Customer|Someone has taken eight hundred pounds. I've got it here, eight hundred and twelve, to something called QRX Digital.
    15|Agent|Okay. When did you see it?
    17|Customer|Ten minutes ago. I'm shaking.
    20|Agent|What's your name?
    22|Customer|David Osei.
    24|Agent|And the card number?
    26|Customer|The whole number?
    28|Agent|The last four is fine.
    31|Customer|7719.
    33|Agent|Right, I've blocked the card. Nothing else can go out.
    39|Customer|Okay. Okay. Will I get it back?
    43|Agent|It's pending, so we raise a dispute. Most of these come back within five working days.
    52|Customer|Rent goes out on Friday.
    55|Agent|It should be fine.
    58|Customer|Should be?
    61|Agent|I can't promise it, but I can mark it urgent because of the rent. I'll do that now.
    70|Customer|Thank you.
    72|Agent|A new card will be with you in three days. Keep the reference: F-20771. If the money isn't there by Thursday noon, call and quote it.
    86|Customer|F-20771. Thursday noon.
    90|Agent|That's it. Sorry this happened, David.
  `),
  billing: read(`
    0|Tom|Hi, you're through to Northwind Energy billing. I'm Tom. What can I do for you?
    38|Customer|my bill doubled???
    52|Tom|Let me have a look for you. Could you give me your account number, please?
    75|Customer|NE-5520-118
    180|Tom|Thanks for waiting. Your last two bills were estimates. This one is based on a real reading, so it catches up.
    201|Customer|so its my fault
    214|Tom|Not at all. Estimates run low when a reading is missed. You used 412 kWh more than we guessed over the winter.
    240|Customer|i cant pay 386 at once
    251|Tom|You don't have to. I can spread it over six months, that is £64.33 a month on top of your normal payment.
    282|Customer|and if i cant do that either
    300|Tom|Then we look at ten months, £38.60. There is also the hardship fund; shall I send you the form?
    322|Customer|10 months please. and the form
    349|Tom|Done: ten months from the 1st, £38.60. The form is on its way to your e-mail. You'll hear about it within 10 working days.
    362|Customer|ok thanks tom
    370|Tom|You're welcome. Send a reading on the 28th of each month and this won't happen again. Bye for now!
  `),
  meter: read(`
    0|Agent|Northwind Energy technical support, Lena speaking.
    4|Customer|My smart meter display is blank. Has been since Sunday.
    9|Agent|Is the power on in the house?
    11|Customer|Well I'm ringing you on a plugged-in phone, so yes.
    15|Agent|Fair point. Can you take the display to the meter and hold the middle button for ten seconds?
    24|Customer|The meter is in the cupboard under the stairs, hang on. There's a cable hanging out of it.
    35|Agent|Which colour is it?
    37|Customer|Black. Should I push it back in?
    40|Agent|No, please don't touch it. Close the cupboard. I'm booking an engineer, today if I can.
    49|Customer|Is it dangerous?
    51|Agent|Probably not, but only an engineer should handle it. Is anyone in the house using a medical device?
    60|Customer|No.
    62|Agent|Good. I have between four and six today. They will ring half an hour before.
    70|Customer|That works. And the display?
    73|Agent|It'll most likely pair by itself once the meter is seen to. The engineer will not leave before it works.
    83|Customer|Great, thank you.
  `),
  claim: read(`
    0|Customer e-mail|Dear Solace, I sent the physiotherapy invoices on the 3rd. Have they arrived? How many sessions are left this year? And can I see another physio, mine is moving away?
    1|Reply|Dear Ms Novak,
    2|Reply|Thank you for your e-mail. We received three invoices on 5 March; they are approved and £186 will be in your account by Friday.
    3|Reply|Your policy covers twelve sessions a year. You have used seven.
    4|Reply|You may change to any physiotherapist on our list. The list is on our website.
    5|Reply|Should you have any further queries, please do not hesitate to contact us.
    6|Reply|Kind regards, Martin Ellery, Claims
  `),
} as const;
export type TranscriptKey = keyof typeof transcripts;
