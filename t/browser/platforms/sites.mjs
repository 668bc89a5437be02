// Every site, in the order in which they are visited.

import klaro from './klaro.mjs';
import osano from './osano.mjs';
import tarteaucitron from './tarteaucitron.mjs';
import tcf from './tcf.mjs';
import vanilla from './vanilla.mjs';

export default [ ...vanilla, ...klaro, ...tarteaucitron, ...osano, ...tcf ];
