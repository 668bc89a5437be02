// Every site, in the order in which they are visited.

import vanilla from './vanilla.mjs';

export default [ ...vanilla ];
