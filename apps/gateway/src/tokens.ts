/** Keys of what is not a class in the container. */
export const configToken = Symbol('config')
export const secretBoxToken = Symbol('SecretBox')
export const storageToken = Symbol('Storage')
