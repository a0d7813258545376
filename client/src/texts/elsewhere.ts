// Words for a page that was opened at another address than the server's own.
export const elsewhere = {
  title: 'Attune has another address',
  open: 'Attune does not work at this one. Open',
  operator:
    'Do you run this server? The address people open is PUBLIC_URL. To use the one you typed, stop the server, and start it with PUBLIC_URL set to that.',
} as const;
