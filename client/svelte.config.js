// Read by Vite's plugin and svelte-check alike.
export default { compilerOptions: { runes: true } };
