import { compareText, typeName } from '../../model/resource.ts';
import type { Known } from './known.ts';
import { FILES, NOTHING, plainOffers, type Offers } from './offers.ts';
import type { Before } from './place.ts';

/** What may stand as an operand of the command. */
export async function operandOffers(before: Before, typed: string, known: () => Known): Promise<Offers> {
  const { command, operands, given } = before;
  if (command === 'explain') return explainOffers(operands, typed, known());
  if (command === 'removal') return given.has('to') ? NOTHING : removalOffers(operands, known());
  const takesFile = command === 'snapshot' || command === 'verify';
  return takesFile && operands.length === 0 ? FILES : NOTHING;
}

/** `TYPE/NAME`, or the two as words. */
async function explainOffers([type, ...more]: readonly string[], typed: string, known: Known): Promise<Offers> {
  if (type !== undefined)
    return type.includes('/') || more.length > 0 ? NOTHING : plainOffers(sorted(await known.objects(type)));
  const slash = typed.indexOf('/');
  if (slash < 0) return { ...plainOffers(sorted((await known.types()).map((one) => `${typeName(one)}/`))), open: true };
  const before = typed.slice(0, slash);
  return plainOffers(sorted(await known.objects(before)).map((name) => `${before}/${name}`));
}

/** `pack/NAME` and `profile/NAME`, each once; or the names alone behind the word pack or profile. */
async function removalOffers(operands: readonly string[], known: Known): Promise<Offers> {
  const packs = await known.packs();
  const names = {
    pack: packs.map(({ name }) => ({ value: name })),
    profile: packs.flatMap(({ profiles }) => profiles.map(({ name }) => ({ value: name }))),
  };
  const [first] = operands;
  const kind = first?.replace(/s$/, '');
  const left = (values: readonly { readonly value: string }[]): Offers =>
    plainOffers(sorted(values.map(({ value }) => value)).filter((value) => !operands.includes(value)));
  if (kind === 'pack' || kind === 'profile') return left(names[kind]);
  const spelled = (['pack', 'profile'] as const).flatMap((one) =>
    names[one].map(({ value }) => ({ value: `${one}/${value}` })),
  );
  return spelled.length === 0 ? { ...plainOffers(['pack/', 'profile/']), open: true } : left(spelled);
}

function sorted(values: readonly string[]): readonly string[] {
  return values.toSorted(compareText);
}
