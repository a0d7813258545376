// Words of the page of preferences.
export const settings = {
  about:
    'Kept on this device, for everyone who uses it. What the inbox tells you, your password and your sign-ins are kept with your account.',
  keyboard: 'Keyboard',
  shortcutsAbout: 'Keys such as J and K. Those with Ctrl or ⌘ always work.',
  announcements: 'Announcements',
  announcementsAbout: 'What a screen reader says of others’ doings. Presence and typing are never announced.',
  amounts: { brief: 'Brief', full: 'Full', off: 'Off' },
} as const;
