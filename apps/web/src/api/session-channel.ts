/** The `BroadcastChannel` on which tabs tell of a login, a logout or another workspace. */
export const sessionChannel = 'hamava.session'
