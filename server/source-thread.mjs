// Lets a thread of a server that runs from its sources read TypeScript: what `--import tsx` does for the process alone.
import { register } from 'tsx/esm/api';

register();
