import { type IdKind, idPrefixes } from '@hamava/contracts'
import { monotonicFactory } from 'ulid'

const ulid = monotonicFactory()

/** A new id of this kind; ids made later by one process sort later. */
export function newId(kind: IdKind): string {
  return `${idPrefixes[kind]}_${ulid().toLowerCase()}`
}
