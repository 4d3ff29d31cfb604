/** Injection tokens of providers that are not classes. */
export const configToken = Symbol('config')
export const secretBoxToken = Symbol('SecretBox')
export const toolsToken = Symbol('Tools')
export const storageToken = Symbol('Storage')
