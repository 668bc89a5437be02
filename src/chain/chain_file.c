
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "chain.h"


static chain_e chain_reopen(chain_file_t *file);
static int chain_moved(chain_file_t *file);


chain_e
chain_open(chain_file_t *file, chain_t *chain)
{
    chain_e  rc;

    file->fd = -1;

    rc = chain_reopen(file);

    return rc == CHAIN_OK ? chain_last(file->fd, file->name, chain->digits)
                          : rc;
}


/* Of two who write one file neither would know the other's last line. */

static chain_e
chain_reopen(chain_file_t *file)
{
    if (file->fd != -1) {
        close(file->fd);
    }

    file->fd = open(file->name, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0640);

    if (file->fd == -1) {
        return chain_fault(file->name, NULL);
    }

    if (flock(file->fd, LOCK_EX | LOCK_NB) == -1) {
        return chain_fault(file->name, errno == EWOULDBLOCK
                                       ? "another process writes it" : NULL);
    }

    return CHAIN_OK;
}


/* 1 if it was renamed or deleted, as logs are that are rotated */

static int
chain_moved(chain_file_t *file)
{
    struct stat  there, ours;

    return fstat(file->fd, &ours) == -1
           || stat(file->name, &there) == -1
           || there.st_dev != ours.st_dev
           || there.st_ino != ours.st_ino;
}


chain_e
chain_write(chain_file_t *file, const char *p, size_t len)
{
    off_t    end;
    ssize_t  n;

    if (chain_moved(file) && chain_reopen(file) != CHAIN_OK) {
        return CHAIN_ERROR;
    }

    end = lseek(file->fd, 0, SEEK_END);

    if (end == -1) {
        return chain_fault(file->name, NULL);
    }

    n = write(file->fd, p, len);

    if (n == (ssize_t) len) {
        return CHAIN_OK;
    }

    chain_fault(file->name, n == -1 ? NULL : "a line was not written whole");

    if (n > 0 && ftruncate(file->fd, end) == -1) {
        chain_fault(file->name, NULL);
    }

    return CHAIN_ERROR;
}
