import BubbleEvents
import BubbleKernel
import BubbleOTP

/// Keeps the sum of what was paid; its stored properties are what the inspector shows.
struct Till: GenServer {
  var sum = 0
  var receipts = 0

  mutating func handleCall(
    _ request: Term, from caller: Caller, _ context: inout ProcessContext
  ) throws -> CallResult<Till> {
    guard case .tuple(let parts) = request, parts.count == 2, case .integer(let amount) = parts[1]
    else {
      throw RaisedError("badarg")
    }
    sum += amount
    receipts += 1
    return .reply(.integer(sum))
  }
}
