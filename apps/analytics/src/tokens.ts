/** Keys of what is not a class in the container. */
export const configToken = Symbol('config')
export const toolsToken = Symbol('Tools')
