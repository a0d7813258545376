// Words about who can open the address that links are made of.
export const reach = {
  onlyHere: {
    title: 'Nobody else can open this address',
    text: 'It leads only to the computer that Attune runs on. To let others in, stop Attune there, and start it with:',
    command: 'Command that lets others in',
    addresses: (addresses: string) => `That computer’s own addresses: ${addresses}`,
    none: 'That computer is not on a network just now. Put the address it gets in place of ADDRESS.',
  },
} as const;
