import Autograd
import Trace

/// A search for the update in which a parameter became NaN or infinite.
struct Inquiry {
  let defect: Cause.Defect
  /// The way so far, from what was asked about.
  var path: [Cause.Step]
  /// The parameter that was so already when its iteration began.
  var parameter: Tensor
  var name: String
  /// Where the run stood, and stands again.
  let origin: Position
}
