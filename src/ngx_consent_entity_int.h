
/* HTML's names: the generated table, and how it is packed. */

#ifndef _NGX_CONSENT_ENTITY_INT_H_INCLUDED_
#define _NGX_CONSENT_ENTITY_INT_H_INCLUDED_


#include "ngx_consent_entity.h"


#define NGX_CONSENT_ENTITY_LEGACY   0x8000  /* of an offset */

/* values that are no character but stand for one, or for two */
#define NGX_CONSENT_ENTITY_ASTRAL   0xe000
#define NGX_CONSENT_ENTITY_PAIRS    0xe800
#define NGX_CONSENT_ENTITY_BMP      0xf900

#define NGX_CONSENT_ENTITY_MATH     0x1d400

/* characters of the longest name, and of the longest name that needs no ';' */
#define NGX_CONSENT_ENTITY_LONG     31
#define NGX_CONSENT_ENTITY_SHORT    6


extern const uint16_t  ngx_consent_entity_first[];
extern const char      ngx_consent_entity_letters[];
extern const uint16_t  ngx_consent_entity_offsets[];
extern const uint16_t  ngx_consent_entity_values[];
extern const uint16_t  ngx_consent_entity_pairs[][2];

/* what windows-1252 has for 0x80 to 0x9f */
extern const uint16_t  ngx_consent_entity_windows[];


#endif /* _NGX_CONSENT_ENTITY_INT_H_INCLUDED_ */
