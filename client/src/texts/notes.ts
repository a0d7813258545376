// Words of the note editor.
export const notes = {
  toolbar: 'Formatting',
  placeholder: 'What is the standard, and why? Everyone here can write.',
  empty: 'No note.',
  tools: {
    heading: 'Heading',
    strong: 'Bold',
    em: 'Italic',
    bullet_list: 'Bulleted list',
    ordered_list: 'Numbered list',
    blockquote: 'Quote',
    link: 'Link',
  },
  linkAddress: 'Address of the link',
  linkPlaceholder: 'https://',
  linkSet: 'Link',
  linkRemove: 'Remove link',
  linkBad: 'Give a web address or an e-mail address.',
  cancel: 'Cancel',
  tooMuchAtOnce: 'That is too much for a note at once, and was not added. You can copy it from here.',
  refused: {
    readOnly:
      'The notes were closed before your last words arrived. They are not in the record; you can copy them from here.',
    documentTooLarge:
      'The notes have grown too large for what you wrote last, and it was not stored. You can copy it from here.',
  },
  yourText: 'What you added',
  notTaken: (about: string) => `Not taken: ${about}`,
  dismiss: 'Dismiss',
} as const;
