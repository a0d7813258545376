// Passwords that a guesser tries first are refused wherever one is set.
import { describe, expect, it } from 'vitest';
import { faultOfPassword } from './password.ts';

const owner = {
  email: 'ana.lindqvist@example.org',
  name: 'Ana Lindqvist',
  organisation: 'Northwind Support',
};
const fault = (password: string) => faultOfPassword(password, owner);

describe('passwords', () => {
  it.each([
    'password1234',
    'passwordpassword',
    'P@ssw0rd1234',
    'letmein12345',
    'qwertyuiop12',
    '1q2w3e4r5t6y',
    'aaaaaaaaaaaa',
    'abcabcabcabc',
    'abcdefghijkl',
    '123456789012',
    'sunshine2024',
    'administrator',
    'a1'.repeat(64),
  ])('[O5] %s is common', async (password) => {
    expect(await fault(password)).toBe('password-common');
  });

  it.each([
    'ana.lindqvist@example.org',
    'analindqvist',
    'AnaLindqvist1',
    'NorthwindSupport',
    'Northwind2026!',
    'attuneattune',
    'Attune2026!!',
  ])('[O5] %s is made of what everyone knows of its owner', async (password) => {
    expect(await fault(password)).toBe('password-own');
  });

  it.each([
    'correct horse battery',
    'three plain words',
    'Xk29fmQpw7Lz',
    'my dog likes rain',
    '紫陽花と雨の日の傘と長靴',
  ])('[O5] %s is taken', async (password) => {
    expect(await fault(password)).toBeNull();
  });
});
