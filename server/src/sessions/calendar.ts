// A session's meeting as a calendar file (O7), in the form of RFC 5545: when, its name, and where to open it. Nothing of what is
// scored is ever in it: such files lie about in downloads and mailboxes.

export interface Meeting {
  readonly sessionId: string;
  readonly name: string;
  /** ISO 8601. */
  readonly meetingAt: string;
  /** Address of the session's page. */
  readonly url: string;
  /** The session's last change: a later file replaces an earlier one of the same session. */
  readonly number: number;
}

/** How long a meeting is taken to be: settings say when it begins, not when it ends. */
const duration = 'PT1H';

/** Lines are at most this long before their break. */
const largestLineBytes = 75;

/** `20260302T100000Z` */
const utc = (iso: string): string => new Date(iso).toISOString().replace(/[-:]|\.\d+/g, '');

function escapeText(text: string): string {
  return (
    text
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: no text of a calendar holds them
      .replace(/[\0-\x08\x0b-\x1f\x7f]/g, '')
      .replace(/[\\;,]/g, (character) => `\\${character}`)
      .replace(/\n/g, '\\n')
  );
}

/** Breaks a line that is too long between characters, never within the bytes of one; what goes on begins with a space. */
function fold(line: string): string {
  let folded = '';
  let bytes = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (bytes + size > largestLineBytes) {
      folded += '\r\n ';
      bytes = 1;
    }
    folded += character;
    bytes += size;
  }
  return folded;
}

/** @param now when the file is made, ISO 8601 */
export function meetingToCalendar(meeting: Meeting, now: string): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Attune//Calibrations//EN',
    'BEGIN:VEVENT',
    `UID:${meeting.sessionId}`,
    `SEQUENCE:${meeting.number}`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART:${utc(meeting.meetingAt)}`,
    `DURATION:${duration}`,
    `SUMMARY:${escapeText(meeting.name)}`,
    // Many calendars show the description and not the URL.
    `DESCRIPTION:${escapeText(meeting.url)}`,
    `URL:${meeting.url}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}
