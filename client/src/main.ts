// Starts the page. Nothing is decided here.
import './styles/tokens.css';
import './styles/heat.css';
import './styles/base.css';
import './styles/print.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { interceptLinks } from './router.svelte.ts';

const target = document.getElementById('app');
if (target) {
  interceptLinks(document.body);
  mount(App, { target });
}
