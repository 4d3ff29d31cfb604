import type { components } from './schema.ts'

type Schemas = components['schemas']

export type Asset = Schemas['Asset']
export type CalendarEntry = Schemas['CalendarEntry']
export type Channel = Schemas['Channel']
export type Conversation = Schemas['Conversation']
export type Finding = Schemas['Validation']['findings'][number]
export type Hold = Schemas['Hold']
export type Me = Schemas['Me']
export type Message = Schemas['Message']
export type Network = Schemas['Network']
export type Permission = Me['permissions'][number]
export type Post = Schemas['Post']
export type PostInput = Schemas['PostInput']
export type Publication = Schemas['Publication']
export type PublicationDetail = Schemas['PublicationDetail']
export type PublicationState = Publication['state']
