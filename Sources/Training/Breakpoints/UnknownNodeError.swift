/// A breakpoint names a node that the run does not have, or measures what its node does not have.
package struct UnknownNodeError: Error, CustomStringConvertible {
  /// Which one, and what there is, as a sentence.
  package let description: String
}
