/// Lists of numbers, one list per key, in two flat arrays.
struct Adjacency {
  private let starts: [Int]
  private let values: [Int]

  /// Lists for the keys `0..<count`: element `i` is put on the list of `keys[i]`, in order of `i`;
  /// a negative key puts it on none.
  init(count: Int, keys: [Int]) {
    var starts = [Int](repeating: 0, count: count + 1)
    for key in keys where key >= 0 { starts[key + 1] += 1 }
    for key in 0..<count { starts[key + 1] += starts[key] }
    var next = starts
    var values = [Int](repeating: 0, count: starts[count])
    for (index, key) in keys.enumerated() where key >= 0 {
      values[next[key]] = index
      next[key] += 1
    }
    self.starts = starts
    self.values = values
  }

  /// The list of a key.
  subscript(key: Int) -> ArraySlice<Int> { values[starts[key]..<starts[key + 1]] }
}
