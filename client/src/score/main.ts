// Starts the evaluator's page. Nothing is decided here.
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/print.css';
import { mount } from 'svelte';
import { interceptLinks } from '../router.svelte.ts';
import App from './App.svelte';

const target = document.getElementById('app');
if (target) {
  interceptLinks(document.body);
  mount(App, { target });
}
