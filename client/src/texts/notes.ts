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
} as const;
