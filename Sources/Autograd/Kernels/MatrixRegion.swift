/// Some rows and columns of a matrix.
struct MatrixRegion {
  let rows: Range<Int>
  let columns: Range<Int>
}
