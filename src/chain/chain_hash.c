
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "chain.h"


chain_e
chain_init(chain_t *chain)
{
    memset(chain->digits, '0', CHAIN_DIGITS);

    chain->md = EVP_MD_CTX_new();

    return chain->md ? CHAIN_OK : chain_fault("SHA-256", "no memory");
}


void
chain_free(chain_t *chain)
{
    EVP_MD_CTX_free(chain->md);
}


chain_e
chain_next(chain_t *chain, const char *line, size_t len)
{
    unsigned       i, size;
    unsigned char  hash[EVP_MAX_MD_SIZE];

    static const char  hex[] = "0123456789abcdef";

    if (EVP_DigestInit_ex(chain->md, EVP_sha256(), NULL) != 1
        || EVP_DigestUpdate(chain->md, chain->digits, CHAIN_DIGITS) != 1
        || EVP_DigestUpdate(chain->md, line, len) != 1
        || EVP_DigestFinal_ex(chain->md, hash, &size) != 1
        || size != CHAIN_DIGITS / 2)
    {
        return chain_fault("SHA-256", "the library has failed");
    }

    for (i = 0; i < size; i++) {
        chain->digits[2 * i] = hex[hash[i] >> 4];
        chain->digits[2 * i + 1] = hex[hash[i] & 0xf];
    }

    return CHAIN_OK;
}


int
chain_is_digits(const char *s, size_t len)
{
    size_t  i;

    for (i = 0; i < len; i++) {
        if (!((s[i] >= '0' && s[i] <= '9') || (s[i] >= 'a' && s[i] <= 'f'))) {
            return 0;
        }
    }

    return len == CHAIN_DIGITS;
}


chain_e
chain_begin(chain_t *chain, const char *digits_or_name)
{
    int      fd;
    chain_e  rc;

    if (chain_is_digits(digits_or_name, strlen(digits_or_name))) {
        memcpy(chain->digits, digits_or_name, CHAIN_DIGITS);
        return CHAIN_OK;
    }

    fd = open(digits_or_name, O_RDONLY | O_CLOEXEC);

    if (fd == -1) {
        return chain_fault(digits_or_name, NULL);
    }

    rc = chain_last(fd, digits_or_name, chain->digits);

    close(fd);

    return rc == CHAIN_DONE ? chain_fault(digits_or_name, "it is empty") : rc;
}
