# Writes a compiled catalog as an array of C.
#   cmake -DMO=zh_CN.mo -DNAME=zh_CN -DOUT=zh_CN.c -P embed.cmake
file(READ ${MO} bytes HEX)
string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
string(REGEX REPLACE "(0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,)" "\\1\n"
       bytes "${bytes}")
file(WRITE ${OUT} "/* src/lang/${NAME}.po, compiled by msgfmt and written by CMake */
#include \"core/mo.h\"
extern const rc_mo rc_catalog_${NAME};
static const unsigned char bytes[] = {
${bytes}};
const rc_mo rc_catalog_${NAME} = {bytes, sizeof bytes};
")
