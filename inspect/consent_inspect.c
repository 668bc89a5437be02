#include "inspect.h"
int main(void) { return inspect_vectors(stdin, stdout) != 0; }
