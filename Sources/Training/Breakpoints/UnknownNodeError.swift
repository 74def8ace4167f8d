/// A breakpoint names a node that the run does not have.
package struct UnknownNodeError: Error, CustomStringConvertible {
  /// Which one, and the nearest names, as a sentence.
  package let description: String
}
