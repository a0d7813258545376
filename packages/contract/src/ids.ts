// Ids on the wire: lower-case UUIDs. Made by the server (version 7), except command ids, which the client makes.
import * as z from 'zod/mini';
import { says } from './input-problem.ts';

const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export const idSchema = z.string().check(z.regex(pattern, says('id')));

export const isId = (text: string): boolean => pattern.test(text);
