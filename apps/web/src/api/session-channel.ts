/** Over which tabs tell each other that somebody has logged in or out, or goes on in another workspace. */
export const sessionChannel = 'hamava.session'
