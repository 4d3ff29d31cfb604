export { takeDown as default } from '../../flows/stack/bring-up.mjs'
