import Arrays
import Autograd

extension NamedArray {
  /// The values as a tensor.
  ///
  /// - Throws: ``ArchiveError/array(name:expected:got:)`` if no tensor can have them.
  func tensor() throws(ArchiveError) -> Tensor {
    do { return try array.tensor() } catch {
      throw .array(name: name, expected: error.expected, got: error.got)
    }
  }
}
